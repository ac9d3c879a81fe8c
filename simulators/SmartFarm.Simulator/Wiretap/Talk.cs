using System.Buffers;
using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Simulator.Wiretap;

/// <summary>One connection that is listened to: cuts both directions into packets, and says of each its meaning and its bytes. Thread-safe.</summary>
/// <param name="show">Takes the text of a packet.</param>
/// <param name="time">The clock.</param>
internal sealed class Talk(Action<string> show, TimeProvider time) : IDisposable
{
    private const int LargestPacket = 256 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Side _up = new();
    private readonly Side _down = new();
    private string _name = "a node";
    private MqttVersion _version = MqttVersion.V5;

    /// <summary>Bytes from the node to the broker.</summary>
    public void Up(ReadOnlySpan<byte> bytes) => Take(_up, bytes, isUp: true);

    /// <summary>Bytes from the broker to the node.</summary>
    public void Down(ReadOnlySpan<byte> bytes) => Take(_down, bytes, isUp: false);

    /// <summary>The connection has ended.</summary>
    public void End(string why) => show($"{Head()} {_name}: the connection has ended: {why}");

    public void Dispose()
    {
        _up.Reader.Dispose();
        _down.Reader.Dispose();
    }

    private void Take(Side side, ReadOnlySpan<byte> bytes, bool isUp)
    {
        lock (_lock)
        {
            side.Bytes.Write(bytes);
            var rest = new ReadOnlySequence<byte>(side.Bytes.WrittenSpan.ToArray());
            while (true)
            {
                var before = rest;
                var status = side.Reader.Read(ref rest, out var frame, out var fault);
                if (status == ReadStatus.NotYet)
                {
                    break;
                }

                var taken = status == ReadStatus.Packet ? before.Slice(0, before.Length - rest.Length) : before;
                var (meaning, hidden) = status == ReadStatus.Packet ? Meaning(frame) : ($"no MQTT: {fault.Reason}", 0);
                show($"{Head()} {_name} {(isUp ? "→ broker" : "← broker")}  {meaning}\n{HexDump.Of(taken.ToArray(), hidden)}");
                if (status == ReadStatus.Never)
                {
                    rest = rest.Slice(rest.End);
                    break;
                }
            }

            side.Bytes.ResetWrittenCount();
            side.Bytes.Write(rest.FirstSpan);
        }
    }

    private (string Meaning, int Hidden) Meaning(in Frame frame)
    {
        var hidden = 0;
        if (frame.Type == PacketType.Connect && ConnectPacket.TryRead(frame, out var connect, out _))
        {
            (_name, _version, hidden) = (Encoding.UTF8.GetString(connect.ClientId), connect.Version, connect.Password.Length);
        }

        return (PacketText.Of(frame, _version), hidden);
    }

    private string Head() => time.GetLocalNow().ToString("HH:mm:ss.fff");

    private sealed class Side
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new();

        public PacketReader Reader { get; } = new(LargestPacket, Oversize.Refuse);
    }
}
