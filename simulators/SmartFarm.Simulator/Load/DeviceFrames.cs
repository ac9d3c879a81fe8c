using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Payloads.Native;

namespace SmartFarm.Simulator.Load;

/// <summary>
/// The PUBLISH packets of the devices of one connection, made once: of each message only packet id, time, running number and two readings change, in places of
/// fixed width. Not thread-safe.
/// </summary>
internal sealed class DeviceFrames
{
    /// <summary>Running numbers begin here, so that all have as many digits.</summary>
    public const long FirstSeq = 1_000_000_000;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly DateTimeOffset SampleTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] _frames;
    private readonly int _devices;
    private readonly int _packetId, _time, _seq, _temperature, _humidity;

    /// <param name="topics">Names of the topics.</param>
    /// <param name="site">Site of the devices.</param>
    /// <param name="devices">Numbers of the devices.</param>
    public DeviceFrames(NativeTopics topics, string site, IReadOnlyList<int> devices)
    {
        _devices = devices.Count;
        var payload = new ArrayBufferWriter<byte>();
        NativeTelemetry.Write(payload, SampleTime, FirstSeq, position: null, [new(Quantities.AirTemperature, 10.11), new(Quantities.RelativeHumidity, 20.22)]);
        var output = new ArrayBufferWriter<byte>();
        foreach (var device in devices)
        {
            new PublishPacket { Qos = 1, PacketId = 1, Topic = Encoding.UTF8.GetBytes(topics.Telemetry(site, Device(device))), Payload = payload.WrittenSpan }
                .WriteTo(output, MqttVersion.V5);
        }

        _frames = output.WrittenSpan.ToArray();
        Size = _frames.Length / _devices;
        var first = _frames.AsSpan(0, Size);
        var body = Size - payload.WrittenCount;
        (_packetId, _time) = (body - 3, body + payload.WrittenSpan.IndexOf("2000-"u8));
        (_seq, _temperature, _humidity) = (first.IndexOf("1000000000"u8), first.IndexOf("10.11"u8), first.IndexOf("20.22"u8));
    }

    /// <summary>Bytes of a packet; all have the same.</summary>
    public int Size { get; }

    /// <summary>Name of a device.</summary>
    public static string Device(int number) => $"dev{number:00000}";

    /// <summary>Writes the packet of a message; the devices take turns.</summary>
    /// <param name="output">Where to, at least <see cref="Size"/> bytes.</param>
    /// <param name="message">Number of the message among those of the connection, from 0.</param>
    /// <param name="packetId">Packet identifier.</param>
    /// <param name="time">When it was measured.</param>
    public void Write(Span<byte> output, long message, ushort packetId, DateTime time)
    {
        var (turn, device) = Math.DivRem(message, _devices);
        _frames.AsSpan((int)device * Size, Size).CopyTo(output);
        (output[_packetId], output[_packetId + 1]) = ((byte)(packetId >> 8), (byte)packetId);
        time.TryFormat(output[_time..], out _, TimeFormat, CultureInfo.InvariantCulture);
        Utf8Formatter.TryFormat(FirstSeq + turn, output[_seq..], out _);
        Hundredths(output.Slice(_temperature, 5), 1500 + ((message * 7) % 2000));
        Hundredths(output.Slice(_humidity, 5), 3000 + ((message * 13) % 6000));
    }

    private static void Hundredths(Span<byte> output, long value)
    {
        Utf8Formatter.TryFormat(value / 100, output, out _);
        (output[3], output[4]) = ((byte)('0' + (value / 10 % 10)), (byte)('0' + (value % 10)));
    }
}
