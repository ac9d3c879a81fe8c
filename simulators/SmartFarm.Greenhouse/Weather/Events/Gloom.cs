namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>Damp grey days without wind: light is down to a third of a clear sky's at strength 0 and to a twelfth at strength 1.</summary>
public sealed class Gloom(DateTimeOffset start, TimeSpan duration, double strength) : WeatherEvent(start, duration, strength)
{
    /// <summary>One or two in a winter.</summary>
    public static WeatherEventKind Kind { get; } = new(
        "gloom", TimeSpan.FromDays(2), TimeSpan.FromDays(7), usual => usual.MeanC < 10 ? 0.04 * usual.OvercastShare : 0, (start, duration, strength) => new Gloom(start, duration, strength));

    /// <inheritdoc/>
    public override Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold)
    {
        var most = Sun.ClearSkyRadiation(place, time) / (3 + (9 * Strength));
        return calm with
        {
            SolarRadiation = double.Lerp(calm.SolarRadiation, Math.Min(calm.SolarRadiation, most), hold),
            RelativeHumidityPercent = double.Lerp(calm.RelativeHumidityPercent, Math.Max(calm.RelativeHumidityPercent, 92), hold),
            SkyTemperatureC = double.Lerp(calm.SkyTemperatureC, calm.TemperatureC - 2, hold),
            WindSpeed = calm.WindSpeed * (1 - (0.6 * hold)),
            WindGust = calm.WindGust * (1 - (0.6 * hold)),
        };
    }
}
