using System.Text.Json;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>Reads a time: RFC 3339 with an offset, or Unix milliseconds.</summary>
internal static class NativeTime
{
    // The range of DateTimeOffset; whether a time is plausible is for the checks to say.
    public const long MinMs = -62_135_596_800_000;
    public const long MaxMs = 253_402_300_799_999;

    public static bool TryRead(ref Utf8JsonReader reader, DecodedMessage into, out long? timeMs)
    {
        timeMs = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.Number when reader.TryGetDouble(out var number) && number is >= MinMs and <= MaxMs:
                timeMs = (long)number;
                return true;
            case JsonTokenType.String when TryParse(ref reader, out var parsed):
                timeMs = parsed;
                return true;
            default:
                into.Fail(RejectReason.BadTime, "'ts' is neither RFC 3339 with an offset (2026-11-22T08:00:00Z) nor Unix milliseconds.");
                reader.Skip();
                return false;
        }
    }

    /// <summary>A local time without an offset is refused: guessing it wrong would shift history by hours.</summary>
    private static bool TryParse(ref Utf8JsonReader reader, out long timeMs)
    {
        timeMs = 0;
        var text = reader.ValueSpan;
        if (text.Length < "2026-11-22T08:00Z".Length || (text[^1] != 'Z' && text[^6] is not ((byte)'+' or (byte)'-')) || !reader.TryGetDateTimeOffset(out var time))
        {
            return false;
        }

        timeMs = time.ToUnixTimeMilliseconds();
        return true;
    }
}
