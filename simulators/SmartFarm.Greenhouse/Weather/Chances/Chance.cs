namespace SmartFarm.Greenhouse.Weather.Chances;

/// <summary>
/// Chance that is a function of where it is asked: the same seed, channel and index give the same value in every process, whatever was asked
/// before. Values of different indexes are independent.
/// </summary>
internal sealed class Chance(long seed, string channel)
{
    private readonly ulong _seed = channel.Aggregate((ulong)seed, (hash, letter) => Mix(hash ^ letter));

    /// <summary>Spread evenly over 0 (included) to 1 (excluded).</summary>
    public double Even(long index) => (Mix(_seed ^ (ulong)index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Normally distributed, mean 0 and standard deviation 1. Box and Muller 1958.</summary>
    public double Normal(long index)
    {
        var bits = Mix(_seed ^ (ulong)index);
        var radius = Math.Sqrt(-2 * Math.Log(1 - ((bits >> 11) * (1.0 / (1UL << 53)))));
        return radius * Math.Cos(2 * Math.PI * ((Mix(bits) >> 11) * (1.0 / (1UL << 53))));
    }

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
