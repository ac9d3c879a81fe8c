using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>
/// PUBLISH packets at QoS 1 of two readings each, cheap to make: a template whose digits are replaced. Devices take turns; each reading has a
/// time of its own, the last of a run about now.
/// </summary>
internal sealed class Telemetry
{
    private const string Ts = "0000000000000", Seq = "000000000", Air = "00.00", Humidity = "11.11";
    private readonly byte[] _frame;
    private readonly int _device, _packetId, _ts, _seq, _air, _humidity;
    private readonly int _devices;
    private readonly long _startMs;

    public Telemetry(int devices, MqttVersion version, long startMs)
    {
        (_devices, _startMs) = (devices, startMs);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        new PublishPacket
        {
            Qos = 1,
            PacketId = 1,
            Topic = Encoding.UTF8.GetBytes(Topic(0)),
            Payload = Encoding.UTF8.GetBytes($$"""{"ts":{{Ts}},"seq":1{{Seq}},"air_temperature":{{Air}},"relative_humidity":{{Humidity}}}"""),
        }.WriteTo(output, version);
        _frame = output.WrittenSpan.ToArray();
        var text = Encoding.ASCII.GetString(_frame);
        _device = text.IndexOf("dev00000", StringComparison.Ordinal) + 3;
        _packetId = text.IndexOf("/telemetry", StringComparison.Ordinal) + "/telemetry".Length;
        _ts = text.IndexOf(Ts, StringComparison.Ordinal);
        _seq = text.IndexOf($"1{Seq}", StringComparison.Ordinal) + 1;
        _air = text.IndexOf(Air + ",", StringComparison.Ordinal);
        _humidity = text.IndexOf(Humidity, StringComparison.Ordinal);
    }

    public int FrameSize => _frame.Length;

    public static string Device(int i) => $"dev{i:00000}";

    public static string Topic(int device) => $"farm/t1/{Device(device)}/telemetry";

    /// <summary>The start whose last message has about the present time.</summary>
    public static long StartFor(long messages, int devices) => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (messages / devices);

    /// <summary>Writes the packet of message <paramref name="i"/>; with its time given, or else one millisecond after the device's last.</summary>
    public int Write(Span<byte> output, long i, ushort packetId, long? timeMs = null)
    {
        _frame.CopyTo(output);
        Digits(output.Slice(_device, 5), i % _devices);
        output[_packetId] = (byte)(packetId >> 8);
        output[_packetId + 1] = (byte)packetId;
        Digits(output.Slice(_ts, Ts.Length), timeMs ?? (_startMs + (i / _devices)));
        Digits(output.Slice(_seq, Seq.Length), i / _devices);
        Hundredths(output.Slice(_air, 5), 1500 + (i * 7 % 2000));
        Hundredths(output.Slice(_humidity, 5), 3000 + (i * 13 % 6000));
        return _frame.Length;
    }

    private static void Digits(Span<byte> output, long value)
    {
        for (var at = output.Length - 1; at >= 0; at--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            output[at] = (byte)('0' + digit);
        }
    }

    private static void Hundredths(Span<byte> output, long value)
    {
        Digits(output[..2], value / 100);
        Digits(output[3..], value % 100);
    }
}
