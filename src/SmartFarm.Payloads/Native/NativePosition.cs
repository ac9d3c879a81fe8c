using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using SmartFarm.Domain.Text;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>Reads a position such as "10cm": a tag in the database, so it follows the rule for names. Keeps one string of each.</summary>
internal static class NativePosition
{
    // Beyond this many different positions strings are no longer kept: a farm has few, and a hostile device has many.
    private const int MostKept = 4096;

    private static readonly ConcurrentDictionary<string, string> Kept = new(StringComparer.Ordinal);

    public static bool TryRead(ref Utf8JsonReader reader, DecodedMessage into, out string? position)
    {
        position = null;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (reader.TokenType != JsonTokenType.String || !Names.IsValid(reader.ValueSpan))
        {
            into.Fail(RejectReason.BadShape, "'position' is not a name of letters a-z, digits, '_' and '-'.");
            reader.Skip();
            return false;
        }

        Span<char> text = stackalloc char[Names.MaxLength];
        var length = Encoding.UTF8.GetChars(reader.ValueSpan, text);
        if (!Kept.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out position))
        {
            position = text[..length].ToString();
            if (Kept.Count < MostKept)
            {
                Kept.TryAdd(position, position);
            }
        }

        return true;
    }
}
