using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Simulator.Load;

/// <summary>What all connections of a load count together. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class LoadMeter(TimeProvider time)
{
    private long _start;
    private long _sent, _acknowledged, _refused, _unacknowledged, _unexpected, _broken;
    private string? _trouble;

    /// <summary>From when a message was due to its acknowledgement: what a device would have waited, at whatever it had to wait.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>From when a message was due to when it was sent.</summary>
    public LatencyHistogram Lateness { get; } = new();

    /// <summary>Messages sent.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Of these, acknowledged.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Of these, refused by the broker.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Of these, never answered because their connection broke or the time was over.</summary>
    public long Unacknowledged => Volatile.Read(ref _unacknowledged);

    /// <summary>Of these, not answered yet.</summary>
    public long InFlight => Sent - Acknowledged - Refused - Unacknowledged;

    /// <summary>Acknowledgements of what was not sent.</summary>
    public long Unexpected => Volatile.Read(ref _unexpected);

    /// <summary>Connections that broke.</summary>
    public long Broken => Volatile.Read(ref _broken);

    /// <summary>The last thing that went wrong; null: nothing did.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Time since the load began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>The load begins.</summary>
    public void Start() => _start = time.GetTimestamp();

    /// <summary>A message that was due is on its way.</summary>
    public void CountSent(TimeSpan due, TimeSpan now)
    {
        Interlocked.Increment(ref _sent);
        Lateness.Add(now - due);
    }

    /// <summary>A message is answered.</summary>
    public void CountAnswer(TimeSpan due, TimeSpan now, byte code)
    {
        if (code < 0x80)
        {
            Interlocked.Increment(ref _acknowledged);
            Latency.Add(now - due);
        }
        else
        {
            Interlocked.Increment(ref _refused);
            Volatile.Write(ref _trouble, $"The broker refused a message with 0x{code:X2}{(code == ReasonCode.NotAuthorized ? "; check its access list" : "")}.");
        }
    }

    public void CountUnexpected() => Interlocked.Increment(ref _unexpected);

    public void CountUnacknowledged(int messages) => Interlocked.Add(ref _unacknowledged, messages);

    /// <summary>A connection that stood is gone.</summary>
    public void CountBroken(string reason)
    {
        Interlocked.Increment(ref _broken);
        Volatile.Write(ref _trouble, reason);
    }
}
