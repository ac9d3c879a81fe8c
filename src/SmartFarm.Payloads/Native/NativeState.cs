using System.Buffers;
using System.Text.Json;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>A controller's state on the wire.</summary>
public static class NativeState
{
    /// <summary>The most actuators one state may name; a controller has a few dozen.</summary>
    private const int MostActuators = 1000;

    private const int LongestBoot = 64;

    /// <summary>Writes a state as a controller publishes it, retained.</summary>
    public static ReadOnlyMemory<byte> Write(ControllerState state)
    {
        var output = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (state.Time is { } time)
            {
                NativeText.WriteTime(json, "ts", time);
            }

            json.WriteString("mode", state.Mode switch { ControlMode.Remote => "remote", ControlMode.Local => "local", _ => "manual" });
            if (state.Boot is { } boot)
            {
                json.WriteString("boot", boot);
            }

            foreach (var (actuator, position) in state.Positions)
            {
                json.WriteNumber(actuator, position);
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    /// <summary>Reads a state; null with the failure when it is none. A state without mode is remote.</summary>
    public static ControllerState? Read(ReadOnlySpan<byte> payload, out DecodeFailure failure) => NativeText.Read(payload, out failure, static message =>
    {
        var mode = ControlMode.Remote;
        string? boot = null;
        var positions = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var field in message.EnumerateObject())
        {
            if (field.NameEquals("ts"u8))
            {
                continue;
            }

            if (field.NameEquals("mode"u8))
            {
                mode = Mode(field.Value.GetString());
                continue;
            }

            if (field.NameEquals("boot"u8))
            {
                boot = Boot(field.Value);
                continue;
            }

            if (positions.Count == MostActuators)
            {
                throw new FormatException($"The state names more than {MostActuators} actuators.");
            }

            positions[field.Name] = NativeText.FiniteNumber(field.Value, field.Name);
        }

        return new ControllerState(NativeText.OptionalTime(message, "ts"), mode, positions) { Boot = boot };
    });

    private static string Boot(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString();
        return text is { Length: > 0 and <= LongestBoot } ? text : throw new FormatException($"'boot' must be a number, or a text of 1 to {LongestBoot} characters.");
    }

    private static ControlMode Mode(string? name) => name switch
    {
        "remote" => ControlMode.Remote,
        "local" => ControlMode.Local,
        "manual" => ControlMode.Manual,
        _ => throw new FormatException($"'mode' is '{name}'; it must be remote, local or manual."),
    };
}
