using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Weather;

/// <summary>Made weather with the courses of the day and the year of a place, and seeded clouds, fronts, wind and rain. Not a forecast, not a record.</summary>
/// <param name="place">Where.</param>
/// <param name="seed">Same seed, same weather.</param>
public sealed class DiurnalWeather(Place place, long seed) : IWeather
{
    private const double WarmestDay = 200;
    private const double WarmestHour = 15;

    private readonly SmoothNoise _clouds = new(seed, "clouds", TimeSpan.FromHours(7));
    private readonly SmoothNoise _front = new(seed, "front", TimeSpan.FromHours(53));
    private readonly SmoothNoise _wind = new(seed, "wind", TimeSpan.FromHours(19));
    private readonly SmoothNoise _breeze = new(seed, "breeze", TimeSpan.FromMinutes(11));
    private readonly SmoothNoise _direction = new(seed, "direction", TimeSpan.FromHours(13));
    private readonly SmoothNoise _rain = new(seed, "rain", TimeSpan.FromHours(3));
    private readonly SmoothNoise _pressure = new(seed, "pressure", TimeSpan.FromHours(37));

    /// <inheritdoc/>
    public Outside At(DateTimeOffset time)
    {
        var summer = Math.Cos(2 * Math.PI * (time.ToUniversalTime().DayOfYear - WarmestDay) / 365);
        var cloud = Math.Pow(_clouds.At(time), 1.5 + summer);
        var dayMean = place.YearMeanC + (place.YearSwingC * summer) + (8 * (_front.At(time) - 0.5));
        var daySwing = place.DaySwingC * (0.8 + (0.2 * summer)) * (1 - (0.5 * cloud));
        var temperature = dayMean + (daySwing * Math.Cos(2 * Math.PI * (Sun.SolarHour(place, time) - WarmestHour) / 24));
        var dewPoint = dayMean - (place.DewPointDepressionC * (1 + (0.7 * summer)) * (1 - (0.5 * cloud)));
        var humidity = Math.Min(100, 100 * Psychrometrics.SaturationVapourPressure(dewPoint) / Psychrometrics.SaturationVapourPressure(temperature));
        return new Outside(
            temperature,
            humidity,
            Sun.ClearSkyRadiation(place, time) * CloudFactor(cloud),
            Wind(time),
            360 * _direction.At(time),
            cloud > 0.6 ? 12 * Math.Pow(_rain.At(time), 4) : 0,
            Pressure(place.AltitudeM) + (16 * (_pressure.At(time) - 0.5)),
            Co2Ppm: 420)
        {
            SkyTemperatureC = Sky.Temperature(temperature, humidity, cloud),
            GroundTemperatureC = place.YearMeanC + (0.5 * place.YearSwingC * summer),
        };
    }

    /// <summary>Share of clear-sky radiation under a cover of clouds. Kasten and Czeplak 1980.</summary>
    private static double CloudFactor(double cloud) => 1 - (0.75 * Math.Pow(cloud, 3.4));

    /// <summary>Mean pressure at an altitude, hPa. FAO-56 eq. 7.</summary>
    private static double Pressure(double altitudeM) => 1013 * Math.Pow((293 - (0.0065 * altitudeM)) / 293, 5.26);

    /// <summary>A light wind by day and night, and now and then a storm of up to 18 m/s.</summary>
    private double Wind(DateTimeOffset time) =>
        (1 + (2 * _breeze.At(time)) + (15 * Math.Pow(_wind.At(time), 6))) * (0.9 + (0.1 * Math.Cos(2 * Math.PI * (Sun.SolarHour(place, time) - WarmestHour) / 24)));
}
