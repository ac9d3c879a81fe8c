namespace SmartFarm.Greenhouse.Weather;

/// <summary>What is usual in a month, or between two.</summary>
/// <param name="MeanC">Mean temperature, °C.</param>
/// <param name="DayRangeC">Mean difference between a day's maximum and minimum, K.</param>
/// <param name="DeviationC">Standard deviation of the daily mean, K.</param>
/// <param name="RecordLowC">Lowest temperature on record, °C.</param>
/// <param name="RecordHighC">Highest temperature on record, °C.</param>
/// <param name="DewPointC">Mean dew point, °C.</param>
/// <param name="RainMm">Rain and melted snow of the month, mm.</param>
/// <param name="WetDays">Days of the month with rain or snow.</param>
/// <param name="ClearShare">Share of the time with a clear sky.</param>
/// <param name="OvercastShare">Share of the time with an overcast sky.</param>
/// <param name="WindSpeed">Mean wind, m/s.</param>
/// <param name="DustStorms">Dust storms in the month.</param>
public readonly record struct MonthlyClimate(
    double MeanC,
    double DayRangeC,
    double DeviationC,
    double RecordLowC,
    double RecordHighC,
    double DewPointC,
    double RainMm,
    double WetDays,
    double ClearShare,
    double OvercastShare,
    double WindSpeed,
    double DustStorms)
{
    /// <summary>Temperature at the warmest hour of a usual day, °C.</summary>
    public double DayHighC => MeanC + (DayRangeC / 2);

    /// <summary>Temperature at sunrise of a usual day, °C.</summary>
    public double DayLowC => MeanC - (DayRangeC / 2);

    internal static MonthlyClimate Between(in MonthlyClimate a, in MonthlyClimate b, double weight) => new(
        double.Lerp(a.MeanC, b.MeanC, weight),
        double.Lerp(a.DayRangeC, b.DayRangeC, weight),
        double.Lerp(a.DeviationC, b.DeviationC, weight),
        Record(a.RecordLowC, b.RecordLowC, Math.Max(a.RecordLowC, b.RecordLowC), weight),
        Record(a.RecordHighC, b.RecordHighC, Math.Min(a.RecordHighC, b.RecordHighC), weight),
        double.Lerp(a.DewPointC, b.DewPointC, weight),
        double.Lerp(a.RainMm, b.RainMm, weight),
        double.Lerp(a.WetDays, b.WetDays, weight),
        double.Lerp(a.ClearShare, b.ClearShare, weight),
        double.Lerp(a.OvercastShare, b.OvercastShare, weight),
        double.Lerp(a.WindSpeed, b.WindSpeed, weight),
        double.Lerp(a.DustStorms, b.DustStorms, weight));

    private static double Record(double a, double b, double milder, double weight) =>
        weight < 0.5 ? double.Lerp(a, milder, 2 * weight) : double.Lerp(milder, b, (2 * weight) - 1);
}
