namespace SmartFarm.Greenhouse.Weather;

/// <summary>A place and the shape of its year, for weather that is made, not measured.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="AltitudeM">Metres above sea level.</param>
/// <param name="YearMeanC">Mean temperature of the year, °C.</param>
/// <param name="YearSwingC">Half of the difference between the means of the warmest and the coldest time, K.</param>
/// <param name="DaySwingC">Half of the difference between a clear day's maximum and minimum, K.</param>
/// <param name="DewPointDepressionC">Mean temperature less dew point, over the year, K; larger in summer, smaller in winter.</param>
public sealed record Place(
    double Latitude,
    double Longitude,
    double AltitudeM,
    double YearMeanC,
    double YearSwingC,
    double DaySwingC,
    double DewPointDepressionC)
{
    /// <summary>
    /// Turkestan. No typical year of it is published: the shape is chosen to lie within the published typical range of −16..44 °C, well inside
    /// the recorded extremes of −38.6 and 47.9 °C (Kazhydromet).
    /// </summary>
    public static Place Turkestan { get; } = new(43.30, 68.25, 207, YearMeanC: 13, YearSwingC: 16, DaySwingC: 7.5, DewPointDepressionC: 10);
}
