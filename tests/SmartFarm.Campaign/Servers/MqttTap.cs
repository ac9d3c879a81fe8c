using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using SmartFarm.Campaign.Field;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Campaign.Servers;

/// <summary>
/// Listens on the line between the worker and a real broker: which messages reached the worker, and which of them it acknowledged itself.
/// So what the broker lost is told from what the worker lost. Thread-safe.
/// </summary>
internal sealed class MqttTap(Fleet fleet, AckLog acks) : IAsyncDisposable
{
    private const int MaxPacket = 1 << 20;
    private readonly Lock _lock = new();
    private readonly NumberSet _delivered = new();
    private readonly ConditionalWeakTable<object, Line> _lines = [];
    private TcpProxy? _proxy;

    /// <summary>What the worker acknowledged.</summary>
    public AckLog Acks => acks;

    public TcpProxy Proxy => _proxy!;

    public TcpProxy Listen(int brokerPort) => _proxy = new TcpProxy(brokerPort, Observe);

    /// <summary>How many different messages reached the worker.</summary>
    public long Delivered
    {
        get
        {
            lock (_lock)
            {
                return _delivered.Count;
            }
        }
    }

    public bool WasDelivered(long n)
    {
        lock (_lock)
        {
            return _delivered.Contains(n);
        }
    }

    public ValueTask DisposeAsync() => _proxy?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Observe(object connection, bool isUpstream, ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            var line = _lines.GetOrCreateValue(connection);
            var direction = isUpstream ? line.Up : line.Down;
            var rest = direction.Take(bytes);
            while (direction.Reader.Read(ref rest, out var frame, out _) == ReadStatus.Packet)
            {
                See(line, frame);
            }

            direction.Keep(rest);
        }

        acks.Flush();
    }

    private void See(Line line, in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Connect when ConnectPacket.TryRead(frame, out var connect, out _):
                line.Version = connect.Version;
                break;
            case PacketType.Publish when PublishPacket.TryRead(frame, line.Version, out var publish, out _) && publish.Qos == 1 && NumberOf(publish) is { } n:
                _delivered.Add(n);
                line.Open[publish.PacketId] = n;
                break;
            case PacketType.PubAck when AckPacket.TryRead(frame, line.Version, out var ack, out _) && line.Open.Remove(ack.PacketId, out var n):
                acks.Add(n);
                break;
        }
    }

    private long? NumberOf(in PublishPacket publish)
    {
        var parts = Encoding.UTF8.GetString(publish.Topic).Split('/');
        return parts is [_, _, var device, "telemetry"] && publish.Payload.StartsWith("{\"ts\":"u8) && Utf8Parser.TryParse(publish.Payload[6..], out long time, out _)
            ? fleet.Find(device, time)
            : null;
    }

    private sealed class Line
    {
        public MqttVersion Version { get; set; } = MqttVersion.V5;

        public Direction Up { get; } = new();

        public Direction Down { get; } = new();

        public Dictionary<ushort, long> Open { get; } = [];
    }

    /// <summary>Bytes of one direction that are not a whole packet yet.</summary>
    private sealed class Direction
    {
        private byte[] _kept = [];

        public PacketReader Reader { get; } = new(MaxPacket, Oversize.Refuse);

        public ReadOnlySequence<byte> Take(ReadOnlyMemory<byte> bytes) => new([.. _kept, .. bytes.Span]);

        public void Keep(ReadOnlySequence<byte> rest) => _kept = rest.ToArray();
    }
}
