namespace SmartFarm.Pipeline.Commands;

/// <summary>Allows a burst, and after it as much as flows in again (ITU-T I.371, generic cell rate algorithm). Not thread-safe.</summary>
/// <param name="capacity">Size of the burst.</param>
/// <param name="refill">Time in which one more is allowed.</param>
internal sealed class TokenBucket(double capacity, TimeSpan refill)
{
    private double _level = capacity;
    private TimeSpan _at;

    public double Capacity { get; } = capacity;

    /// <summary>How many are allowed now.</summary>
    public double Level(TimeSpan now) => Math.Min(Capacity, _level + (Math.Max(0, (now - _at).TotalSeconds) / refill.TotalSeconds));

    /// <summary>Takes one; below none it owes.</summary>
    public void Spend(TimeSpan now) => (_level, _at) = (Level(now) - 1, now);

    /// <summary>Time until so many are allowed.</summary>
    public TimeSpan Until(double level, TimeSpan now) => refill * Math.Max(0, level - Level(now));
}
