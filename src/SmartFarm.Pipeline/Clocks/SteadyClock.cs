namespace SmartFarm.Pipeline.Clocks;

/// <summary>
/// Two clocks in one: the wall clock, for what is recorded, and a steady one that starts with it and is never set, for everything that is
/// reckoned: ages, timers of rules, what is newer. So a wall clock that is stepped, by a person or a time service, changes nothing but
/// recorded times. Time in which the computer sleeps is a step of the wall clock. Thread-safe.
/// </summary>
public sealed class SteadyClock(TimeProvider time)
{
    /// <summary>Below this a difference between the two is no step.</summary>
    public const long SlackMs = 1000;

    private readonly long _start = time.GetTimestamp();
    private readonly long _startMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _offsetMs;

    /// <summary>The timestamp of the <see cref="TimeProvider"/> at an instant of the steady clock.</summary>
    public long ToTimestamp(long steadyMs) => _start + (long)((steadyMs - _startMs) * (time.TimestampFrequency / 1000.0));

    /// <summary>Reads both.</summary>
    public Moment Now()
    {
        var steadyMs = _startMs + (long)time.GetElapsedTime(_start).TotalMilliseconds;
        var wallMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var offsetMs = Volatile.Read(ref _offsetMs);
        if (Math.Abs(wallMs - steadyMs - offsetMs) > SlackMs)
        {
            offsetMs = wallMs - steadyMs;
            Volatile.Write(ref _offsetMs, offsetMs);
        }

        return new Moment(steadyMs, wallMs, offsetMs);
    }
}

/// <summary>An instant by both clocks.</summary>
/// <param name="SteadyMs">By the steady clock, ms: equal to Unix time at the start of the process, and then never set. Only differences have a meaning.</param>
/// <param name="WallMs">By the wall clock, Unix ms.</param>
/// <param name="OffsetMs">Sum of the steps of the wall clock since the start of the process, ms.</param>
public readonly record struct Moment(long SteadyMs, long WallMs, long OffsetMs)
{
    /// <summary>The time to record for an instant of the steady clock, Unix ms.</summary>
    public long ToWallMs(long steadyMs) => steadyMs + OffsetMs;

    /// <summary>The instant of the steady clock that a wall clock set like ours calls so.</summary>
    public long ToSteadyMs(long wallMs) => wallMs - OffsetMs;
}
