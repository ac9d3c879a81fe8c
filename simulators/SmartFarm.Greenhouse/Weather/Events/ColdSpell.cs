namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>Days of cold. At strength 1 sunrise reaches the record of the season.</summary>
public sealed class ColdSpell(DateTimeOffset start, TimeSpan duration, double strength) : WeatherEvent(start, duration, strength)
{
    /// <summary>About two in a winter.</summary>
    public static WeatherEventKind Kind { get; } = new(
        "cold_spell", TimeSpan.FromDays(3), TimeSpan.FromDays(8), usual => usual.MeanC < 6 ? 0.4 / 30 : 0, (start, duration, strength) => new ColdSpell(start, duration, strength));

    /// <inheritdoc/>
    public override Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold)
    {
        var usual = place.Climate.At(time);
        var cold = place.UsualTemperature(time) - (Strength * (usual.DayLowC - usual.RecordLowC));
        return WithTemperature(calm, double.Lerp(calm.TemperatureC, Math.Min(calm.TemperatureC, cold), hold));
    }
}
