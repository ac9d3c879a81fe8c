namespace SmartFarm.Mqtt.Broker.Limits;

/// <summary>Lets one of many equal log lines through every ten seconds, with the number of those held back. Thread-safe.</summary>
internal sealed class LogThrottle(TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private long _next = long.MinValue;
    private long _heldBack;

    /// <param name="count">Events since the last line, this one included.</param>
    public bool IsDue(out long count)
    {
        count = Interlocked.Increment(ref _heldBack);
        var now = time.GetTimestamp();
        var next = Volatile.Read(ref _next);
        if (now < next || Interlocked.CompareExchange(ref _next, now + (long)(s_interval.TotalSeconds * time.TimestampFrequency), next) != next)
        {
            return false;
        }

        count = Interlocked.Exchange(ref _heldBack, 0);
        return true;
    }
}
