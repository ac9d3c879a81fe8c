namespace SmartFarm.Greenhouse.Weather;

/// <summary>A place and its climate, for weather that is made, not measured.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="AltitudeM">Metres above sea level.</param>
/// <param name="Climate">What is usual there in each month.</param>
public sealed partial record Place(double Latitude, double Longitude, double AltitudeM, Climatology Climate)
{
    /// <summary>Solar hour at which a usual day is warmest.</summary>
    private const double WarmestHour = 15;

    /// <summary>Mean air pressure, hPa. FAO-56 eq. 7.</summary>
    public double MeanPressureHPa => 1013 * Math.Pow((293 - (0.0065 * AltitudeM)) / 293, 5.26);

    /// <summary>Days since the beginning of 1970, counted from midnight to midnight by the sun's mean time.</summary>
    public double SolarDays(DateTimeOffset time) => ((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerDay) + (Longitude / 360);

    /// <summary>Air temperature of a usual moment of the year and the day, °C.</summary>
    public double UsualTemperature(DateTimeOffset time)
    {
        var usual = Climate.At(time);
        return usual.MeanC + (usual.DayRangeC / 2 * DayCourse(time));
    }

    /// <summary>
    /// Course of the temperature over the day, from −1 at sunrise to 1 at 15 h solar time, by two half cosines; its mean is 0.
    /// </summary>
    public double DayCourse(DateTimeOffset time)
    {
        var hour = 24 * (SolarDays(time) % 1);
        var sunrise = Sun.SunriseHour(this, time);
        return hour switch
        {
            _ when hour < sunrise => Math.Cos(Math.PI * (hour + 24 - WarmestHour) / (sunrise + 24 - WarmestHour)),
            < WarmestHour => -Math.Cos(Math.PI * (hour - sunrise) / (WarmestHour - sunrise)),
            _ => Math.Cos(Math.PI * (hour - WarmestHour) / (sunrise + 24 - WarmestHour)),
        };
    }
}
