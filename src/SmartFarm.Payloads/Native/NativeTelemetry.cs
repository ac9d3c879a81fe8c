using System.Buffers;
using System.Text.Json;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Payloads.Native;

/// <summary>Writes telemetry as a device does.</summary>
public static class NativeTelemetry
{
    /// <summary>One message with all its values in canonical units; NaN is written as null.</summary>
    public static void Write(
        IBufferWriter<byte> output, DateTimeOffset? time, long? seq, string? position, ReadOnlySpan<KeyValuePair<Quantity, double>> values)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (time is { } ts)
        {
            NativeText.WriteTime(json, "ts", ts);
        }

        if (seq is { } number)
        {
            json.WriteNumber("seq", number);
        }

        if (position is not null)
        {
            json.WriteString("position", position);
        }

        foreach (var (quantity, value) in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumber(quantity.Name, value);
            }
            else
            {
                json.WriteNull(quantity.Name);
            }
        }

        json.WriteEndObject();
    }
}
