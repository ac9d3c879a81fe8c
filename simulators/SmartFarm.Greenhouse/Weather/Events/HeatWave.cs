namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>Days of heat under a clear sky. At strength 1 the warmest hour reaches the record of the season.</summary>
public sealed class HeatWave(DateTimeOffset start, TimeSpan duration, double strength) : WeatherEvent(start, duration, strength)
{
    /// <summary>One in two summers' months.</summary>
    public static WeatherEventKind Kind { get; } = new(
        "heat_wave", TimeSpan.FromDays(3), TimeSpan.FromDays(8), usual => usual.MeanC > 22 ? 0.5 / 30 : 0, (start, duration, strength) => new HeatWave(start, duration, strength));

    /// <inheritdoc/>
    public override Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold)
    {
        var usual = place.Climate.At(time);
        var hot = place.UsualTemperature(time) + (Strength * (usual.RecordHighC - usual.DayHighC));
        return WithTemperature(calm, double.Lerp(calm.TemperatureC, Math.Max(calm.TemperatureC, hot), hold)) with
        {
            SolarRadiation = double.Lerp(calm.SolarRadiation, Math.Max(calm.SolarRadiation, Sun.ClearSkyRadiation(place, time)), hold),
        };
    }
}
