namespace SmartFarm.Agronomy;

/// <summary>
/// One day of the sun at a place: when it rises, stands highest and sets. All in Unix ms (UTC).
/// Where it does not set that day, it rises half a day before noon and sets half a day after; where it does not rise, it rises and sets at noon.
/// </summary>
/// <param name="SunriseMs">Upper edge of the sun on the level horizon, with the usual refraction; 0.833° below it for the centre.</param>
/// <param name="NoonMs">The sun stands highest.</param>
/// <param name="SunsetMs">As sunrise, in the evening.</param>
public readonly record struct SolarDay(long SunriseMs, long NoonMs, long SunsetMs)
{
    private const double DayMs = 86_400_000;
    private const long HalfDayMs = 43_200_000;

    /// <summary>Elevation of the centre at sunrise and sunset: 34′ of refraction and 16′ of radius, as almanacs have it.</summary>
    private const double HorizonDegrees = -0.833;

    /// <summary>Whether the sun stays up all day.</summary>
    public bool IsPolarDay => SunsetMs - SunriseMs >= 2 * HalfDayMs;

    /// <summary>Whether the sun stays down all day.</summary>
    public bool IsPolarNight => SunriseMs == SunsetMs;

    /// <summary>Whether the sun is up at a time of this day.</summary>
    public bool IsUp(long timeMs) => timeMs >= SunriseMs && timeMs < SunsetMs;

    /// <summary>
    /// The day whose noon is nearest to the time: for the day of a calendar ask at its local noon. Costs some twenty sines and allocates nothing;
    /// who asks often keeps the answer until the day is over.
    /// </summary>
    /// <param name="latitude">Degrees north, −90 to 90.</param>
    /// <param name="longitude">Degrees east, −180 to 180.</param>
    /// <param name="timeMs">Any time of the day.</param>
    public static SolarDay At(double latitude, double longitude, long timeMs)
    {
        var shift = longitude / 360;
        var day = Math.Floor((timeMs / DayMs) + shift + SolarPosition.At(timeMs).EquationOfTime);
        var noon = (day + 0.5 - shift) * DayMs;
        noon -= SolarPosition.At(noon).EquationOfTime * DayMs;
        return new SolarDay(Crossing(latitude, noon, -1), Round(noon), Crossing(latitude, noon, 1));
    }

    /// <summary>When the sun crosses the horizon before or after a noon, with declination and equation of time of that moment.</summary>
    private static long Crossing(double latitude, double noon, int side)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(latitude * Math.PI / 180);
        var sinHorizon = Math.Sin(HorizonDegrees * Math.PI / 180);
        var noonShift = SolarPosition.At(noon).EquationOfTime;
        var time = noon;
        for (var i = 0; i < 3; i++)
        {
            var (declination, equationOfTime) = SolarPosition.At(time);
            var cosine = (sinHorizon - (sinLatitude * Math.Sin(declination))) / (cosLatitude * Math.Cos(declination));
            if (cosine is <= -1 or >= 1)
            {
                return Round(noon) + (cosine >= 1 ? 0 : side * HalfDayMs);
            }

            time = noon + (((side * Math.Acos(cosine) / Math.Tau) + noonShift - equationOfTime) * DayMs);
        }

        return Round(time);
    }

    private static long Round(double timeMs) => (long)Math.Round(timeMs);
}
