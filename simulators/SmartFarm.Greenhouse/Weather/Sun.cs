using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Weather;

/// <summary>The sun over a place, and the radiation of a clear sky after FAO Irrigation and Drainage Paper 56, chapter 3.</summary>
public static class Sun
{
    private const double SolarConstant = 1367;

    /// <summary>Solar time of day in hours, 12 when the sun stands highest.</summary>
    public static double SolarHour(Place place, DateTimeOffset time) => SolarPosition.SolarHour(place.Longitude, UnixMs(time));

    /// <summary>Sine of the sun's elevation; negative when it is below the horizon.</summary>
    public static double SineOfElevation(Place place, DateTimeOffset time) => SolarPosition.SineOfElevation(place.Latitude, place.Longitude, UnixMs(time));

    /// <summary>Solar hour of the rise of the sun's centre; 12 where the sun does not rise that day, 0 where it does not set. FAO-56 eq. 25.</summary>
    public static double SunriseHour(Place place, DateTimeOffset time) =>
        12 - (12 / Math.PI * Math.Acos(Math.Clamp(-Math.Tan(place.Latitude * Math.PI / 180) * Math.Tan(SolarPosition.Declination(UnixMs(time))), -1, 1)));

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

    private static double UnixMs(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
}
