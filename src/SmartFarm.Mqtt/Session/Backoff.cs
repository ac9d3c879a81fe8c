namespace SmartFarm.Mqtt.Session;

/// <summary>Waits between attempts: each twice the last, less a random part of up to half, so that many clients do not come back at once.</summary>
internal sealed class Backoff(TimeSpan min, TimeSpan max, int seed)
{
    // Short beside what the network was there for, long beside what an attempt costs the broker.
    private static readonly TimeSpan s_mostAfterProgress = TimeSpan.FromSeconds(2);
    private readonly Random _random = new(seed);
    private int _doublings;

    public TimeSpan Next()
    {
        var wait = min * Math.Pow(2, _doublings);
        if (wait < max)
        {
            _doublings++;
        }
        else
        {
            wait = max;
        }

        return Within(wait);
    }

    /// <summary>A wait of half to all of a time.</summary>
    public TimeSpan Within(TimeSpan most) => most * (1 - (_random.NextDouble() / 2));

    public void Reset() => _doublings = 0;

    /// <summary>After a connection that brought messages the next wait is short, but not always the shortest: a bad network is used while it is there.</summary>
    public void Shorten()
    {
        while (_doublings > 0 && min * Math.Pow(2, _doublings) > s_mostAfterProgress)
        {
            _doublings--;
        }
    }
}
