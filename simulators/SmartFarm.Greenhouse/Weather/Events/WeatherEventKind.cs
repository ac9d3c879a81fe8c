namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>A kind of event: its name, how to make one, and how often chance does.</summary>
/// <param name="Name">The name used in files.</param>
/// <param name="Shortest">Shortest that chance makes.</param>
/// <param name="Longest">Longest that chance makes.</param>
/// <param name="ChancePerDay">Chance that one begins on a day of the season, 0 to 1.</param>
/// <param name="Create">Makes one from start, duration and strength.</param>
public sealed record WeatherEventKind(
    string Name,
    TimeSpan Shortest,
    TimeSpan Longest,
    Func<MonthlyClimate, double> ChancePerDay,
    Func<DateTimeOffset, TimeSpan, double, WeatherEvent> Create);
