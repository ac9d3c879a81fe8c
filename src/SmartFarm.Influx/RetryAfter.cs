using System.Globalization;

namespace SmartFarm.Influx;

/// <summary>Reads the Retry-After header (RFC 9110, 10.2.3): seconds or an HTTP date.</summary>
internal static class RetryAfter
{
    /// <summary>No server is obeyed for longer than this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The three spellings that a recipient must accept (RFC 9110, 5.6.7).</summary>
    private static readonly string[] Dates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>The time to wait; null for garbage and for what is past.</summary>
    public static TimeSpan? Read(string? text, DateTimeOffset now)
    {
        // Seconds of any length: "99999999999" is long, not garbage.
        if (double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds <= 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
        }

        if (!DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            || date <= now)
        {
            return null;
        }

        return date - now < Longest ? date - now : Longest;
    }
}
