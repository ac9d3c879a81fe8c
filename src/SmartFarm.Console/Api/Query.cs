using System.Globalization;
using SmartFarm.Domain.Text;

namespace SmartFarm.Console.Api;

/// <summary>Reads the parameters of a query; what it cannot read it refuses with a sentence.</summary>
internal static class Query
{
    public static int Limit(string? text, int usual, int most)
    {
        if (text is null)
        {
            return usual;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most
            ? limit
            : throw new BadQueryException($"'limit' must be a whole number from 1 to {most}.");
    }

    public static string Name(string parameter, string? text) =>
        text is null ? throw new BadQueryException($"'{parameter}' is missing: give its name as in farm.yaml.")
        : Names.IsValid(text) ? text
        : throw new BadQueryException($"'{parameter}' must be a name: lower-case letters, digits, '_' and '-', at most {Names.MaxLength} characters.");

    /// <summary>An instant with its offset from UTC; without an offset it would be a guess, so it is refused.</summary>
    public static DateTimeOffset? Time(string parameter, string? text)
    {
        if (text is null)
        {
            return null;
        }

        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        return hasOffset && DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new BadQueryException($"'{parameter}' must be a time with its offset (RFC 3339), such as 2026-11-22T08:00:00Z; write '+' as %2B.");
    }

    /// <summary>A length of time in ms, such as <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>; <c>raw</c> is 0.</summary>
    public static long? Step(string? text)
    {
        if (text is null or "raw")
        {
            return text is null ? null : 0;
        }

        var unit = text.Length < 2 ? 0 : text[^1] switch { 's' => 1_000, 'm' => 60_000, 'h' => 3_600_000, 'd' => 86_400_000, _ => 0 };
        return unit > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 100_000
            ? count * (long)unit
            : throw new BadQueryException("'step' must be a length of time such as 30s, 5m, 1h or 1d, or 'raw' for every stored value.");
    }
}
