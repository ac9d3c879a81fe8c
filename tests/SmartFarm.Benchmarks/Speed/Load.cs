using System.Diagnostics;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>Sends telemetry over one channel at QoS 1, at full speed within a window or at a steady rate, and takes the PUBACKs.</summary>
internal sealed class Load(PacketChannel channel, int window)
{
    private const int BufferSize = 64 * 1024;
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly long[] _sentAt = new long[ushort.MaxValue + 1];
    private readonly List<long> _latencies = [];
    private readonly SemaphoreSlim _moved = new(0);
    private long _sent;
    private long _acked;
    private volatile bool _isClosed;

    /// <summary>Takes the acknowledgements: to be called with every packet that the other side sends.</summary>
    public void OnPacket(in Frame frame)
    {
        if (frame.Type == PacketType.PubAck)
        {
            _latencies.Add(Stopwatch.GetTimestamp() - _sentAt[(frame.Body[0] << 8) | frame.Body[1]]);
            Interlocked.Increment(ref _acked);
        }
    }

    /// <summary>To be called after every batch of packets, and with true when the other side has closed.</summary>
    public void Wake(bool isClosed = false)
    {
        _isClosed |= isClosed;
        if (_moved.CurrentCount == 0)
        {
            _moved.Release();
        }
    }

    /// <summary>Receives until the connection ends: for channels that nobody else reads.</summary>
    public void ReceiveAll()
    {
        while (channel.Receive(OnPacket))
        {
            Wake();
        }

        Wake(isClosed: true);
    }

    /// <summary>Sends and waits until all of it is acknowledged.</summary>
    /// <param name="telemetry">What.</param>
    /// <param name="messages">How many.</param>
    /// <param name="perSecond">At which rate; 0: as fast as it goes, each with a time of its own, else with the time of sending.</param>
    public LoadResult Run(Telemetry telemetry, long messages, double perSecond = 0)
    {
        var (first, goal) = (_sent, _sent + messages);
        _latencies.Clear();
        _latencies.EnsureCapacity((int)messages);
        var start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _acked) < goal)
        {
            var due = perSecond == 0 ? goal : Math.Min(goal, first + 1 + (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond));
            var room = Math.Min(due, Volatile.Read(ref _acked) + window) - _sent;
            if (room > 0 && (perSecond > 0 || room >= Math.Min(window / 8, goal - _sent)))
            {
                SendSome(telemetry, Math.Min(room, BufferSize / telemetry.FrameSize), perSecond > 0);
            }
            else if (!_moved.Wait(perSecond > 0 && _sent < goal ? 1 : 60_000))
            {
                if (perSecond == 0 || _sent == goal)
                {
                    throw new TimeoutException($"{goal - _acked} of {messages} messages were not acknowledged, and none within the last minute.");
                }
            }

            if (_isClosed)
            {
                throw new InvalidOperationException($"The connection was closed with {goal - _acked} of {messages} messages not acknowledged.");
            }
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _latencies.Sort();
        return new LoadResult(messages, seconds, Percentile(0.5), Percentile(0.99));
    }

    private void SendSome(Telemetry telemetry, long count, bool isNow)
    {
        var used = 0;
        var at = Stopwatch.GetTimestamp();
        long? timeMs = isNow ? DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() : null;
        for (var i = 0; i < count; i++, _sent++)
        {
            var id = (ushort)(1 + (_sent % ushort.MaxValue));
            _sentAt[id] = at;
            used += telemetry.Write(_buffer.AsSpan(used), _sent, id, timeMs);
        }

        channel.Send(_buffer.AsSpan(0, used));
    }

    private double Percentile(double share) => TimeSpan.FromSeconds((double)_latencies[(int)(share * (_latencies.Count - 1))] / Stopwatch.Frequency).TotalMilliseconds;
}

/// <summary>What a load came to.</summary>
/// <param name="Messages">Number of messages.</param>
/// <param name="Seconds">From the first message sent to the last acknowledgement.</param>
/// <param name="MedianMs">Half were acknowledged within this time.</param>
/// <param name="P99Ms">99 of 100 were.</param>
internal sealed record LoadResult(long Messages, double Seconds, double MedianMs, double P99Ms)
{
    public double PerSecond => Messages / Seconds;
}
