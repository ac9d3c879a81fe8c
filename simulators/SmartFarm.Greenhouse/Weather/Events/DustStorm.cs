namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>
/// A storm full of dust: wind of 10 to 22 m/s, at most three tenths of the light left, dry air, a warm sky, and dust that settles on covers, up to a
/// twentieth of their light per hour. An estimate after the storms of spring in the south of Kazakhstan.
/// </summary>
public sealed class DustStorm(DateTimeOffset start, TimeSpan duration, double strength) : WeatherEvent(start, duration, strength)
{
    /// <summary>As often as the climate says.</summary>
    public static WeatherEventKind Kind { get; } = new(
        "dust_storm", TimeSpan.FromHours(3), TimeSpan.FromHours(18), usual => usual.DustStorms / 30, (start, duration, strength) => new DustStorm(start, duration, strength));

    /// <inheritdoc/>
    public override Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold)
    {
        var thickness = hold * (0.3 + (0.7 * Strength));
        return WithWind(calm, double.Lerp(calm.WindSpeed, 10 + (12 * Strength), hold), gustFactor: 1.5) with
        {
            SolarRadiation = calm.SolarRadiation * (1 - (0.7 * thickness)),
            RelativeHumidityPercent = calm.RelativeHumidityPercent * (1 - (0.3 * thickness)),
            SkyTemperatureC = double.Lerp(calm.SkyTemperatureC, calm.TemperatureC, 0.5 * thickness),
            DustFall = calm.DustFall + (0.05 * thickness),
        };
    }
}
