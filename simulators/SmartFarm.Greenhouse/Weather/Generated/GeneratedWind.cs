using SmartFarm.Greenhouse.Weather.Chances;

namespace SmartFarm.Greenhouse.Weather.Generated;

/// <summary>
/// Wind as a vector of two normally distributed components, so that its speed has the distribution of Rayleigh that is usual for wind (Weibull with shape 2), and its
/// direction turns without a jump. Stronger by day; gusts above it.
/// </summary>
internal sealed class GeneratedWind(long seed)
{
    private static readonly double StandardDeviationPerMean = Math.Sqrt(2 / Math.PI);

    private readonly SmoothNoise _north = new(seed, "wind north", TimeSpan.FromHours(19));
    private readonly SmoothNoise _northNow = new(seed, "wind north now", TimeSpan.FromHours(1.5));
    private readonly SmoothNoise _east = new(seed, "wind east", TimeSpan.FromHours(19));
    private readonly SmoothNoise _eastNow = new(seed, "wind east now", TimeSpan.FromHours(1.5));
    private readonly SmoothNoise _gusts = new(seed, "gusts", TimeSpan.FromMinutes(3));

    /// <param name="time">When.</param>
    /// <param name="meanSpeed">Mean wind of the season, m/s.</param>
    /// <param name="course">Course of the day's warmth, from −1 to 1.</param>
    public (double Speed, double Direction, double Gust) At(DateTimeOffset time, double meanSpeed, double course)
    {
        var scale = meanSpeed * StandardDeviationPerMean * (1 + (0.3 * course));
        var north = scale * ((0.85 * _north.Normal(time)) + (0.527 * _northNow.Normal(time)));
        var east = scale * ((0.85 * _east.Normal(time)) + (0.527 * _eastNow.Normal(time)));
        var speed = Math.Sqrt((north * north) + (east * east));
        var direction = ((Math.Atan2(east, north) * 180 / Math.PI) + 360) % 360;
        return (speed, direction, speed * (1.3 + (0.5 * _gusts.Even(time))));
    }
}
