using SmartFarm.Greenhouse.Weather.Chances;

namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>
/// A hail of light and shade: the sun between thick clouds whose bright edges throw up to a quarter more than a clear sky's light into the gaps (at strength 1), and
/// a quarter of it in the shade, in turns of a few minutes. After the enhancements that Gueymard 2017 reviews.
/// </summary>
public sealed class BrokenClouds(DateTimeOffset start, TimeSpan duration, double strength) : WeatherEvent(start, duration, strength)
{
    private readonly SmoothNoise _turns = new(start.UtcTicks, "broken clouds", TimeSpan.FromMinutes(2.5));

    /// <summary>A handful in a year, where it can rain.</summary>
    public static WeatherEventKind Kind { get; } = new(
        "broken_clouds", TimeSpan.FromHours(2), TimeSpan.FromHours(8), usual => 0.02 * Math.Min(1, usual.WetDays / 5), (start, duration, strength) => new BrokenClouds(start, duration, strength));

    /// <inheritdoc/>
    public override Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold)
    {
        var gap = Math.Clamp(((_turns.Even(time) - 0.5) / 0.1) + 0.5, 0, 1);
        var light = Sun.ClearSkyRadiation(place, time) * double.Lerp(0.25, 1 + (0.25 * Strength), gap);
        return calm with { SolarRadiation = double.Lerp(calm.SolarRadiation, light, hold) };
    }
}
