using System.Buffers;
using System.Text.Json;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Simulator.Controllers.KsX3267;

/// <summary>
/// Registers in MQTT messages: <c>{root}/{site}/{controller}/ksx3267</c>, retained, is what a master reads, and
/// <c>…/ksx3267/write</c> what it writes. Names are those of the items of the standard.
/// </summary>
internal static class KsText
{
    public static string ReadTopic(NativeTopics topics, string site, string address) => $"{topics.Root}/{site}/{address}/ksx3267";

    public static string WriteTopic(NativeTopics topics, string site, string address) => ReadTopic(topics, site, address) + "/write";

    /// <summary>The registers of a node as a message.</summary>
    public static ReadOnlyMemory<byte> Write(NodeRegisters node)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("status", (int)node.Status);
            json.WriteNumber("control", (int)node.Control);
            json.WriteStartObject("devices");
            foreach (var device in node.Devices)
            {
                WriteDevice(json, device);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    /// <summary>Reads what a master wrote; null with a sentence when it is no such thing.</summary>
    public static Write? Read(ReadOnlySpan<byte> payload, out string? fault)
    {
        fault = null;
        try
        {
            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            var message = document.RootElement;
            return new Write(
                message.TryGetProperty("device", out var device) ? device.GetString() : null,
                (Operation)message.GetProperty("operation").GetInt32(),
                message.TryGetProperty("opid", out var opId) ? opId.GetInt32() : 0,
                message.TryGetProperty("time", out var time) ? time.GetUInt32() : 0,
                message.TryGetProperty("position", out var position) ? position.GetInt32() : 0,
                message.TryGetProperty("control", out var control) ? (Authority)control.GetInt32() : default);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            fault = "This is no write of KS X 3267; send for example {\"device\":\"roof_vent\",\"operation\":305,\"opid\":1,\"position\":60}.";
            return null;
        }
    }

    private static void WriteDevice(Utf8JsonWriter json, in DeviceRegisters device)
    {
        json.WriteStartObject(device.Name);
        json.WriteNumber("code", (int)device.Code);
        json.WriteNumber("opid", device.OpId);
        json.WriteNumber("status", (int)device.Status);
        json.WriteNumber("remain-time", device.RemainTime);
        if (device.Position is { } position)
        {
            json.WriteNumber("position", position);
        }

        json.WriteEndObject();
    }
}
