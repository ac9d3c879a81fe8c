namespace SmartFarm.Greenhouse.Weather;

/// <summary>Position of the sun and the radiation of a clear sky, after FAO Irrigation and Drainage Paper 56, chapter 3.</summary>
public static class Sun
{
    private const double SolarConstant = 1367;

    /// <summary>Solar time of day in hours, 12 when the sun stands highest. FAO-56 eq. 31 to 33.</summary>
    public static double SolarHour(Place place, DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var b = 2 * Math.PI * (utc.DayOfYear - 81) / 364;
        var equationOfTime = (0.1645 * Math.Sin(2 * b)) - (0.1255 * Math.Cos(b)) - (0.025 * Math.Sin(b));
        var hour = utc.TimeOfDay.TotalHours + (place.Longitude / 15) + equationOfTime;
        return ((hour % 24) + 24) % 24;
    }

    /// <summary>Sine of the sun's elevation; negative when it is below the horizon. FAO-56 eq. 24 and the integrand of eq. 21.</summary>
    public static double SineOfElevation(Place place, DateTimeOffset time)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(place.Latitude * Math.PI / 180);
        var (sinDeclination, cosDeclination) = Math.SinCos(Declination(time));
        var hourAngle = Math.PI / 12 * (SolarHour(place, time) - 12);
        return (sinLatitude * sinDeclination) + (cosLatitude * cosDeclination * Math.Cos(hourAngle));
    }

    /// <summary>Solar hour of sunrise; 12 where the sun does not rise that day, 0 where it does not set. FAO-56 eq. 25.</summary>
    public static double SunriseHour(Place place, DateTimeOffset time) =>
        12 - (12 / Math.PI * Math.Acos(Math.Clamp(-Math.Tan(place.Latitude * Math.PI / 180) * Math.Tan(Declination(time)), -1, 1)));

    /// <summary>Global radiation under a clear sky, W/m². FAO-56 eq. 23 and 37.</summary>
    public static double ClearSkyRadiation(Place place, DateTimeOffset time)
    {
        var sine = SineOfElevation(place, time);
        if (sine <= 0)
        {
            return 0;
        }

        var distance = 1 + (0.033 * Math.Cos(2 * Math.PI * time.UtcDateTime.DayOfYear / 365));
        return (0.75 + (2e-5 * place.AltitudeM)) * SolarConstant * distance * sine;
    }

    private static double Declination(DateTimeOffset time) => 0.409 * Math.Sin((2 * Math.PI * time.UtcDateTime.DayOfYear / 365) - 1.39);
}
