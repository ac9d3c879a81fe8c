using SmartFarm.Greenhouse.Weather.Events;

namespace SmartFarm.Greenhouse.Weather.Generated;

/// <summary>What is settled for a whole solar day.</summary>
/// <param name="Number">Solar days since the beginning of 1970.</param>
/// <param name="Anomaly">Daily mean less the usual one, in standard deviations.</param>
/// <param name="Clouds">Share of the sky under cloud in each block of the day, with the last block before and the first after.</param>
/// <param name="Shower">Its rain or snow; null for a dry day.</param>
/// <param name="Events">What of note goes on during the day.</param>
internal sealed record GeneratedDay(long Number, double Anomaly, double[] Clouds, Shower? Shower, WeatherEvent[] Events)
{
    /// <summary>A grey day swings less than a clear one: factor to the usual range.</summary>
    public double RangeFactor { get; } = 1.15 - (0.5 * Clouds.Average());
}
