using System.Globalization;
using SmartFarm.Configuration.Values;

namespace SmartFarm.Simulator.Cli;

/// <summary>Reads values of the command line; what cannot be read is one sentence.</summary>
internal static class Parsing
{
    /// <summary>A speed above 0; <c>max</c> is infinity.</summary>
    public static double Speed(string text, bool allowMax) =>
        allowMax && text == "max" ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 1e6 ? speed
        : throw new SimulatorException($"--speed is '{text}'; give a number above 0 and up to 1000000{(allowMax ? ", or max" : "")}.");

    /// <summary>A finite number within bounds, both included.</summary>
    public static double Number(string option, string text, double least, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SimulatorException($"{option} is '{text}'; give a number from {least} to {most}, with a point as decimal mark.");

    /// <summary>A whole number from 1.</summary>
    public static int Count(string option, string text, int most) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most
            ? count
            : throw new SimulatorException($"{option} is '{text}'; give a whole number from 1 to {most}.");

    public static TimeSpan Duration(string option, string text) =>
        Durations.TryParse(text, out var duration) ? duration : throw new SimulatorException($"{option} is '{text}'; write a duration such as '60 s' or '10 min'.");

    /// <summary>A moment such as 2022-02-15 or 2022-02-15T08:00; without an offset it is local time of the zone.</summary>
    public static DateTimeOffset Moment(string option, string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
        {
            throw new SimulatorException($"{option} is '{text}'; write a moment such as 2022-02-15 or 2022-02-15T08:00Z.");
        }

        return time.Kind == DateTimeKind.Utc ? new DateTimeOffset(time) : new DateTimeOffset(time, zone.GetUtcOffset(time));
    }

    /// <summary>How far the world's calendar is from the wall's: whole days to the middle of July or January of the year.</summary>
    public static TimeSpan Season(string text, DateTimeOffset now) => text switch
    {
        "now" => TimeSpan.Zero,
        "summer" => TimeSpan.FromDays(new DateOnly(now.Year, 7, 15).DayOfYear - now.DayOfYear),
        "winter" => TimeSpan.FromDays(new DateOnly(now.Year, 1, 15).DayOfYear - now.DayOfYear),
        _ => throw new SimulatorException($"--season is '{text}'; choose now, summer or winter."),
    };
}
