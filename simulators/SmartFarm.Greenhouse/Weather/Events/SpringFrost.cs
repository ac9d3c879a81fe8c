namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>
/// A clear, calm night of frost when plants are already out. Sunrise is at −0.5 °C at strength 0 and at the record of the season at strength 1; where
/// the record is above that, at the record.
/// </summary>
public sealed class SpringFrost(DateTimeOffset start, TimeSpan duration, double strength) : WeatherEvent(start, duration, strength)
{
    private const double Weakest = -0.5;

    /// <summary>One in three springs or autumns.</summary>
    public static WeatherEventKind Kind { get; } = new(
        "spring_frost",
        TimeSpan.FromDays(1.5),
        TimeSpan.FromDays(3),
        usual => usual is { MeanC: > 13 and < 22, RecordLowC: < Weakest } ? 0.25 / 30 : 0,
        (start, duration, strength) => new SpringFrost(start, duration, strength));

    /// <inheritdoc/>
    protected override double Onset => 0.3;

    /// <inheritdoc/>
    public override Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold)
    {
        var usual = place.Climate.At(time);
        var lowest = usual.RecordLowC < Weakest ? double.Lerp(Weakest, usual.RecordLowC, Strength) : usual.RecordLowC;
        var frost = place.UsualTemperature(time) - (usual.DayLowC - lowest);
        var air = WithTemperature(calm, double.Lerp(calm.TemperatureC, Math.Min(calm.TemperatureC, frost), hold));
        var clearSky = Math.Min(air.SkyTemperatureC, Sky.Temperature(air.TemperatureC, air.RelativeHumidityPercent, cloud: 0));
        var stillness = 1 - (0.7 * hold);
        return air with
        {
            SkyTemperatureC = double.Lerp(air.SkyTemperatureC, clearSky, hold),
            WindSpeed = air.WindSpeed * stillness,
            WindGust = air.WindGust * stillness,
        };
    }
}
