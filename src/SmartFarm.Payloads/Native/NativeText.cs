using System.Text.Json;
using System.Text.Unicode;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>What the small native messages (command, reply, state) have in common.</summary>
internal static class NativeText
{
    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));

    /// <summary>Parses one JSON object and lets <paramref name="read"/> take it apart; any fault becomes a failure.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> payload, out DecodeFailure failure, Func<JsonElement, T> read)
        where T : class
    {
        failure = default;
        if (!Utf8.IsValid(payload) || !JsonGrammar.Accepts(payload, out _))
        {
            failure = new DecodeFailure(RejectReason.BadJson, "The payload is not JSON.");
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                failure = new DecodeFailure(RejectReason.BadShape, "The payload is not a JSON object.");
                return null;
            }

            return read(document.RootElement);
        }
        catch (InvalidOperationException)
        {
            failure = new DecodeFailure(RejectReason.BadType, "A value of the message has the wrong type.");
        }
        catch (FormatException e)
        {
            failure = new DecodeFailure(RejectReason.BadShape, e.Message);
        }
        catch (KeyNotFoundException)
        {
            failure = new DecodeFailure(RejectReason.BadShape, "The message lacks a field of its contract.");
        }

        return null;
    }

    public static DateTimeOffset? OptionalTime(JsonElement message, string name) =>
        !message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number ? DateTimeOffset.FromUnixTimeMilliseconds(WholeMs(value, name))
        : value.GetDateTimeOffset();

    public static double FiniteNumber(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
        _ => throw new FormatException($"'{name}' is not a number."),
    };

    private static long WholeMs(JsonElement value, string name) =>
        value.TryGetInt64(out var ms) && ms is > -62_135_596_800_000 and < 253_402_300_800_000 ? ms : throw new FormatException($"'{name}' is not a time.");
}
