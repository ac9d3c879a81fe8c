namespace SmartFarm.Greenhouse.Weather.Recorded;

/// <summary>Where a typical year was put together.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Offset">Its standard time less universal time.</param>
/// <param name="AltitudeM">Metres above sea level.</param>
public sealed record TypicalYearSite(double Latitude, double Longitude, TimeSpan Offset, double AltitudeM);
