namespace SmartFarm.Agronomy;

/// <summary>
/// Where the sun stands, after Meeus, Astronomical Algorithms (1998), chapters 25 and 28, in the reduced form of the NOAA solar calculator:
/// good to 0.01° from 1950 to 2050. Latitudes in degrees north, longitudes in degrees east, times in Unix ms (UTC). Pure; allocates nothing.
/// </summary>
public static class SolarPosition
{
    private const double Rad = Math.PI / 180;
    private const double DayMs = 86_400_000;

    /// <summary>Noon of 1 January 2000, the epoch of the series, Unix ms.</summary>
    private const double J2000Ms = 946_728_000_000;

    /// <summary>Elevation of the centre of the sun, degrees, −90 to 90, without refraction.</summary>
    public static double Elevation(double latitude, double longitude, double timeMs) =>
        Math.Asin(Math.Clamp(SineOfElevation(latitude, longitude, timeMs), -1, 1)) / Rad;

    /// <summary>Sine of that elevation; what a horizontal surface gets of a beam. Negative when the sun is below the horizon.</summary>
    public static double SineOfElevation(double latitude, double longitude, double timeMs)
    {
        var (declination, equationOfTime) = At(timeMs);
        var hourAngle = Math.Tau * (SolarDays(longitude, timeMs, equationOfTime) - 0.5);
        var (sinLatitude, cosLatitude) = Math.SinCos(latitude * Rad);
        return (sinLatitude * Math.Sin(declination)) + (cosLatitude * Math.Cos(declination) * Math.Cos(hourAngle));
    }

    /// <summary>True solar time of day in hours, 0 to 24; 12 when the sun stands highest.</summary>
    public static double SolarHour(double longitude, double timeMs)
    {
        var days = SolarDays(longitude, timeMs, At(timeMs).EquationOfTime);
        return 24 * (days - Math.Floor(days));
    }

    /// <summary>Declination of the sun, radians: its latitude on the sky.</summary>
    public static double Declination(double timeMs) => At(timeMs).Declination;

    /// <summary>Declination, radians, and equation of time (true minus mean solar time), days. Meeus eq. 25.2 to 25.8 and 28.3.</summary>
    internal static (double Declination, double EquationOfTime) At(double timeMs)
    {
        var t = (timeMs - J2000Ms) / (36525 * DayMs);
        var meanLongitude = Rad * ((280.46646 + (t * (36000.76983 + (t * 0.0003032)))) % 360);
        var anomaly = Rad * (357.52911 + (t * (35999.05029 - (t * 0.0001537))));
        var node = Rad * (125.04 - (1934.136 * t));
        var longitude = meanLongitude + Centre(t, anomaly) - (Rad * (0.00569 + (0.00478 * Math.Sin(node))));
        var obliquity = Rad * (23.4392911 - (t * (0.0130042 + (t * (1.64e-7 - (t * 5.04e-7))))) + (0.00256 * Math.Cos(node)));

        var e = 0.016708634 - (t * (0.000042037 + (t * 0.0000001267)));
        var y = Math.Pow(Math.Tan(obliquity / 2), 2);
        var equationOfTime = (y * Math.Sin(2 * meanLongitude)) - (2 * e * Math.Sin(anomaly)) + (4 * e * y * Math.Sin(anomaly) * Math.Cos(2 * meanLongitude))
            - (y * y / 2 * Math.Sin(4 * meanLongitude)) - (1.25 * e * e * Math.Sin(2 * anomaly));
        return (Math.Asin(Math.Sin(obliquity) * Math.Sin(longitude)), equationOfTime / Math.Tau);
    }

    /// <summary>Days of true solar time since the epoch of Unix.</summary>
    private static double SolarDays(double longitude, double timeMs, double equationOfTime) => (timeMs / DayMs) + (longitude / 360) + equationOfTime;

    /// <summary>Equation of the centre, radians.</summary>
    private static double Centre(double t, double anomaly) => Rad
        * (((1.914602 - (t * (0.004817 + (t * 0.000014)))) * Math.Sin(anomaly))
            + ((0.019993 - (t * 0.000101)) * Math.Sin(2 * anomaly))
            + (0.000289 * Math.Sin(3 * anomaly)));
}
