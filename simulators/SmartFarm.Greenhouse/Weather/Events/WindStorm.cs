namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>A storm of 12 m/s at strength 0 to 26 m/s at strength 1, with gusts up to 1.6 times that.</summary>
public sealed class WindStorm(DateTimeOffset start, TimeSpan duration, double strength) : WeatherEvent(start, duration, strength)
{
    /// <summary>Half a dozen in a year, where the wind usually blows at 3 m/s.</summary>
    public static WeatherEventKind Kind { get; } = new(
        "wind_storm", TimeSpan.FromHours(3), TimeSpan.FromHours(24), usual => 0.016 * usual.WindSpeed / 3, (start, duration, strength) => new WindStorm(start, duration, strength));

    /// <inheritdoc/>
    public override Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold) =>
        WithWind(calm, double.Lerp(calm.WindSpeed, 12 + (14 * Strength), hold), gustFactor: 1.6);
}
