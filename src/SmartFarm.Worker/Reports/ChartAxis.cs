using SmartFarm.Configuration.Values;

namespace SmartFarm.Worker.Reports;

/// <summary>Round places on an axis.</summary>
internal static class ChartAxis
{
    private static readonly int[] Multiples = [1, 2, 5, 10];

    private static readonly TimeSpan[] TimeSteps =
    [
        .. new[] { 1, 5, 10, 30 }.Select(s => TimeSpan.FromSeconds(s)), .. new[] { 1, 5, 10, 30 }.Select(m => TimeSpan.FromMinutes(m)),
        .. new[] { 1, 3, 6, 12 }.Select(h => TimeSpan.FromHours(h)), .. new[] { 1, 2, 7, 14, 28, 91 }.Select(d => TimeSpan.FromDays(d)),
    ];

    /// <summary>Round values within the bounds, about as many as asked for, with the number format that tells them apart.</summary>
    public static (IReadOnlyList<double> Places, string Format) Values(double min, double max, int count)
    {
        var rough = Math.Max((max - min) / count, 1e-9);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Multiples.First(m => m * power >= rough * 0.999) * power;
        var decimals = (int)Math.Max(0, -Math.Floor(Math.Log10(step) + 1e-9));
        var first = (long)Math.Ceiling((min / step) - 1e-9);
        var last = (long)Math.Floor((max / step) + 1e-9);
        return ([.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)], decimals == 0 ? "0" : "0." + new string('0', decimals));
    }

    /// <summary>Round times within the bounds with what is written at them, by the clock of a zone or counted from zero.</summary>
    public static IReadOnlyList<(long TimeMs, string Text)> Times(long fromMs, long toMs, int count, TimeZoneInfo? zone)
    {
        var step = TimeSteps.FirstOrDefault(s => s.TotalMilliseconds * count >= toMs - fromMs, TimeSteps[^1]);
        var stepMs = (long)step.TotalMilliseconds;
        var offsetMs = zone is null ? 0 : (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(fromMs)).TotalMilliseconds;
        var first = (long)Math.Ceiling((fromMs + offsetMs) / (double)stepMs) * stepMs;
        var places = new List<(long, string)>();
        for (var localMs = first; localMs <= toMs + offsetMs; localMs += stepMs)
        {
            places.Add((localMs - offsetMs, zone is null ? Durations.Format(TimeSpan.FromMilliseconds(localMs)) : Clock(localMs, step)));
        }

        return places;
    }

    private static string Clock(long localMs, TimeSpan step)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(localMs);
        return step >= TimeSpan.FromDays(1) || time.TimeOfDay == TimeSpan.Zero ? time.ToString("d MMM")
            : time.ToString(step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm");
    }
}
