namespace SmartFarm.Mqtt.Session;

/// <summary>
/// Asks whether the broker is there when one side has been silent for the keep-alive interval, and notices when it does not answer in time
/// (MQTT 5 §3.1.2.10). While we ourselves do not read, because the receiver is full, silence is no sign of death.
/// </summary>
internal sealed class KeepAliveTimer(TimeProvider time, TimeSpan timeout, Action ping, Action dead) : IDisposable
{
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private TimeSpan _interval;
    private long _lastRead = time.GetTimestamp();
    private long _lastWritten = time.GetTimestamp();
    private long _asked;
    private volatile bool _asking;
    private volatile bool _isReading = true;

    /// <summary>Begins. An interval of zero means none.</summary>
    public void Start(TimeSpan interval)
    {
        lock (_lock)
        {
            if (interval > TimeSpan.Zero && _timer is null)
            {
                _interval = interval;
                _timer = time.CreateTimer(_ => Tick(), null, interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Bytes have come: the broker lives, whatever it was asked.</summary>
    public void OnRead()
    {
        Volatile.Write(ref _lastRead, time.GetTimestamp());
        _asking = false;
    }

    public void OnWritten() => Volatile.Write(ref _lastWritten, time.GetTimestamp());

    /// <summary>We stop reading for a while.</summary>
    public void Pause() => _isReading = false;

    /// <summary>We read again.</summary>
    public void Resume()
    {
        Volatile.Write(ref _asked, time.GetTimestamp());
        _isReading = true;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
        }
    }

    private void Tick()
    {
        var silence = TimeSpan.FromTicks(Math.Max(Elapsed(ref _lastRead).Ticks, Elapsed(ref _lastWritten).Ticks));
        if (_asking && _isReading)
        {
            var left = timeout - Elapsed(ref _asked);
            if (left <= TimeSpan.Zero)
            {
                dead();
                return;
            }

            Next(left);
        }
        else if (silence >= _interval)
        {
            Volatile.Write(ref _asked, time.GetTimestamp());
            _asking = true;

            // Counted as written when it is asked for, not when the send loop gets to it: one silence is one ping.
            OnWritten();
            ping();
            Next(timeout < _interval ? timeout : _interval);
        }
        else
        {
            Next(_interval - silence);
        }
    }

    private TimeSpan Elapsed(ref long timestamp) => time.GetElapsedTime(Volatile.Read(ref timestamp));

    private void Next(TimeSpan due)
    {
        lock (_lock)
        {
            _timer?.Change(due, Timeout.InfiniteTimeSpan);
        }
    }
}
