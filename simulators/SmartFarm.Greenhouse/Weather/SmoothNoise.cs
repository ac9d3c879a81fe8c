namespace SmartFarm.Greenhouse.Weather;

/// <summary>
/// Chance that is a function of time: seeded values at whole periods, joined by a smooth curve. The same seed and time give the same
/// value in every process, whatever was asked before. Values are spread evenly over 0..1 at the knots.
/// </summary>
internal sealed class SmoothNoise(long seed, string channel, TimeSpan period)
{
    private readonly ulong _seed = channel.Aggregate((ulong)seed, (hash, letter) => Mix(hash ^ letter));

    public double At(DateTimeOffset time)
    {
        var position = time.UtcTicks / (double)period.Ticks;
        var knot = Math.Floor(position);
        var weight = (1 - Math.Cos(Math.PI * (position - knot))) / 2;
        return (Value((long)knot) * (1 - weight)) + (Value((long)knot + 1) * weight);
    }

    private double Value(long knot) => (Mix(_seed ^ (ulong)knot) >> 11) * (1.0 / (1UL << 53));

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9e3779b97f4a7c15;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }
}
