namespace SmartFarm.Testing;

/// <summary>
/// A clock that stands still until a test lets time pass or steps its wall time, while its timers run in real time: for code whose waits a
/// test does not care about.
/// </summary>
public sealed class WallClockAt(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = now;
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _elapsed.Ticks;
        }
    }

    /// <summary>Lets time pass by both clocks.</summary>
    public void Pass(TimeSpan time)
    {
        lock (_lock)
        {
            (_now, _elapsed) = (_now + time, _elapsed + time);
        }
    }

    /// <summary>Steps the wall clock without letting time pass, as a clock correction does.</summary>
    public void Step(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
        }
    }
}
