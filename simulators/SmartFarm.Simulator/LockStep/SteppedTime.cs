namespace SmartFarm.Simulator.LockStep;

/// <summary>
/// A clock that stands until it is told a later time. Timers fire inside <see cref="AdvanceTo"/>, in order of their due times, each while the
/// clock shows its own. Thread-safe; one caller advances at a time.
/// </summary>
/// <param name="start">What it shows at first.</param>
public sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<SteppedTimer> _timers = [];
    private readonly long _startTicks = start.UtcTicks;
    private long _elapsed;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(_startTicks + GetTimestamp(), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <summary>Lets time pass up to a moment. A moment that is not later changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        var end = time.UtcTicks - _startTicks;
        while (Next(end) is { } due)
        {
            due.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer that is due, or to the end when there is none.</summary>
    private SteppedTimer? Next(long end)
    {
        lock (_lock)
        {
            SteppedTimer? next = null;
            foreach (var timer in _timers)
            {
                next = timer.Due <= end && !(next?.Due <= timer.Due) ? timer : next;
            }

            Interlocked.Exchange(ref _elapsed, Math.Max(_elapsed, next?.Due ?? end));
            if (next is not null && !next.Reschedule())
            {
                _timers.Remove(next);
            }

            return next;
        }
    }

    private sealed class SteppedTimer(SteppedTime owner, TimerCallback callback, object? state) : ITimer
    {
        private long _period;

        public long Due { get; private set; }

        public void Fire() => callback(state);

        public bool Reschedule()
        {
            Due += _period;
            return _period > 0;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                _period = Math.Max(0, period.Ticks);
                Due = owner._elapsed + dueTime.Ticks;
                owner._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    owner._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
