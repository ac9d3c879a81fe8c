using System.Globalization;
using System.Text;
using System.Xml;

namespace SmartFarm.Configuration.Values;

/// <summary>Durations as people write them: <c>3 min</c>, <c>2m</c>, <c>1 h 30 min</c>, <c>PT10M</c> (ISO 8601).</summary>
public static class Durations
{
    /// <summary>The longest duration that is accepted.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(366);

    /// <summary>Length of one unit of time (<c>ms s sec min m h d</c>), or null when the word is not one.</summary>
    public static TimeSpan? Unit(string word) => word switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" or "sec" or "second" or "seconds" => TimeSpan.FromSeconds(1),
        "m" or "min" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
        "h" or "hour" or "hours" => TimeSpan.FromHours(1),
        "d" or "day" or "days" => TimeSpan.FromDays(1),
        _ => null,
    };

    /// <summary>Reads a duration from 0 to <see cref="Max"/>. A number without a unit is refused.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        text = text.Trim();
        return text.StartsWith('P') ? TryParseIso(text, out duration) : TryParseWords(text, out duration);
    }

    /// <summary>Writes a duration in the shortest form that <see cref="TryParse"/> reads, to the millisecond: <c>2 min 10 s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        Append(duration.Days, "d");
        Append(duration.Hours, "h");
        Append(duration.Minutes, "min");
        Append(duration.Seconds, "s");
        Append(duration.Milliseconds, "ms");
        return text.Length == 0 ? "0 s" : text.ToString();

        void Append(int count, string unit)
        {
            if (count != 0)
            {
                text.Append(text.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{count} {unit}");
            }
        }
    }

    private static bool TryParseIso(string text, out TimeSpan duration)
    {
        duration = default;
        var date = text.Split('T')[0];
        if (date.Contains('Y') || date.Contains('M'))
        {
            return false; // The length of a year or month depends on the calendar.
        }

        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return duration <= Max;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool TryParseWords(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        var ticks = 0.0;
        duration = default;
        var rest = text;
        while (!rest.IsEmpty)
        {
            var number = Amount.NumberLength(rest);
            var word = rest[number..].TrimStart();
            var letters = 0;
            while (letters < word.Length && char.IsAsciiLetter(word[letters]))
            {
                letters++;
            }

            if (number == 0 || rest[0] is '-' or '+' || Unit(word[..letters].ToString()) is not { } unit)
            {
                return false;
            }

            ticks += double.Parse(rest[..number], NumberStyles.Float, CultureInfo.InvariantCulture) * unit.Ticks;
            rest = word[letters..].TrimStart();
        }

        if (text.IsEmpty || !(ticks <= Max.Ticks))
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }
}
