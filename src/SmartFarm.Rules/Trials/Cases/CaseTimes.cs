using System.Globalization;
using SmartFarm.Configuration.Yaml;

namespace SmartFarm.Rules.Trials.Cases;

/// <summary>
/// Times of a case: <c>12 min</c> counts from its start; <c>14:30</c>, when the case says when it starts, is the first time from the line before
/// on that clocks of the site show it.
/// </summary>
internal sealed class CaseTimes
{
    private static readonly string[] Starts = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"];
    private readonly DateTime? _start;
    private readonly TimeZoneInfo _zone;

    public CaseTimes(YamlMap map, string timeZone)
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        if (map.Get("start")?.AsScalar() is not { } scalar)
        {
            return;
        }

        if (DateTime.TryParseExact(scalar.Text, Starts, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) && !_zone.IsInvalidTime(start))
        {
            _start = start;
        }
        else
        {
            scalar.Report($"'{scalar.Text}' is no time of the site's clocks; write for example '2026-07-14 06:00'.");
        }
    }

    /// <summary>Unix ms of the start; null when the case does not say.</summary>
    public long? StartMs => _start is { } start ? UnixMs(start) : null;

    /// <summary>Reads <c>at</c>; null when it is wrong, which was reported.</summary>
    /// <param name="map">What has an <c>at</c>.</param>
    /// <param name="key">The key.</param>
    /// <param name="notBeforeMs">Time of the line before: a time of day is looked for from there on.</param>
    public long? Read(YamlMap map, string key, long notBeforeMs)
    {
        if (map.Require(key, "12 min")?.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (!TimeOnly.TryParseExact(scalar.Text, ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return (long?)scalar.AsDuration()?.TotalMilliseconds;
        }

        if (_start is not { } start)
        {
            scalar.Report($"'{scalar.Text}' is a time of day, and the case does not say when it starts; add 'start: 2026-07-14 00:00', or count from the start: '12 min'.");
            return null;
        }

        var startMs = UnixMs(start);
        for (var day = start.Date; ; day = day.AddDays(1))
        {
            var timeMs = UnixMs(day + clock.ToTimeSpan()) - startMs;
            if (timeMs >= notBeforeMs)
            {
                return timeMs;
            }
        }
    }

    private long UnixMs(DateTime local) => new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUnixTimeMilliseconds();
}
