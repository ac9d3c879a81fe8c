namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>Heavy rain of 2 mm/h at strength 0 to 40 mm/h at strength 1, under a dark sky; snow in the cold, a tenth as much.</summary>
public sealed class Downpour(DateTimeOffset start, TimeSpan duration, double strength) : WeatherEvent(start, duration, strength)
{
    /// <summary>Where a month has 30 mm of rain, one in seven such months.</summary>
    public static WeatherEventKind Kind { get; } = new(
        "downpour", TimeSpan.FromHours(0.5), TimeSpan.FromHours(5), usual => 0.15 * usual.RainMm / (30 * 30), (start, duration, strength) => new Downpour(start, duration, strength));

    /// <inheritdoc/>
    public override Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold)
    {
        var rate = hold * (2 + (38 * Strength));
        var snow = Math.Clamp((1.5 - calm.TemperatureC) / 2, 0, 1);
        return calm with
        {
            SolarRadiation = calm.SolarRadiation * (1 - (0.75 * hold)),
            RelativeHumidityPercent = double.Lerp(calm.RelativeHumidityPercent, Math.Max(calm.RelativeHumidityPercent, 95), hold),
            SkyTemperatureC = double.Lerp(calm.SkyTemperatureC, calm.TemperatureC - 2, hold),
            RainRate = calm.RainRate + (rate * (1 - snow)),
            SnowRate = calm.SnowRate + (rate * snow / 10),
        };
    }
}
