using System.Buffers;
using System.Text.Json;
using System.Xml;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>A command on the wire.</summary>
public static class NativeCommand
{
    /// <summary>Writes a command as the backend publishes it.</summary>
    public static ReadOnlyMemory<byte> Write(Command command)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("id", command.Id);
            json.WriteString("actuator", command.Actuator);
            json.WriteNumber("target", command.Target);
            if (command.Unit is not null)
            {
                json.WriteString("unit", command.Unit);
            }

            if (command.Duration is { } duration)
            {
                json.WriteString("duration", XmlConvert.ToString(duration));
            }

            json.WriteNumber("seq", command.Seq);
            NativeText.WriteTime(json, "issued", command.Issued);
            NativeText.WriteTime(json, "expires", command.Expires);
            json.WriteString("reason", command.Reason);
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    /// <summary>Reads a command as a controller receives it; null with the failure when it is none. A command without expiry is refused.</summary>
    public static Command? Read(ReadOnlySpan<byte> payload, out DecodeFailure failure) => NativeText.Read(payload, out failure, static message => new Command(
        message.GetProperty("id").GetGuid(),
        message.GetProperty("actuator").GetString() ?? throw new FormatException("'actuator' is missing."),
        NativeText.FiniteNumber(message.GetProperty("target"), "target"),
        message.TryGetProperty("unit", out var unit) ? unit.GetString() : null,
        message.TryGetProperty("duration", out var duration) ? XmlConvert.ToTimeSpan(duration.GetString() ?? "") : null,
        message.GetProperty("seq").GetInt64(),
        message.GetProperty("issued").GetDateTimeOffset(),
        message.GetProperty("expires").GetDateTimeOffset(),
        message.TryGetProperty("reason", out var reason) ? reason.GetString() ?? "" : ""));
}
