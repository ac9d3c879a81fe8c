using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Benchmarks.Mqtt;

/// <summary>A stream of telemetry as PUBLISH packets at QoS 1: cut and decoded, encoded, and decoded where every packet lies across two segments.</summary>
[MemoryDiagnoser]
public class PublishStream
{
    private const int Messages = 1000;
    private static readonly byte[] s_topic = "farm/turkestan-1/climate-1/telemetry"u8.ToArray();
    private static readonly byte[] s_payload = Encoding.UTF8.GetBytes("""{"ts":1795347683000,"seq":4711,"air_temperature":23.4,"relative_humidity":61.2}""");
    private readonly ArrayBufferWriter<byte> _output = new(1 << 18);
    private readonly PacketReader _reader = new(1 << 18, Oversize.CutPublish);
    private ReadOnlySequence<byte> _whole;
    private ReadOnlySequence<byte> _cut;

    [Params(MqttVersion.V311, MqttVersion.V5)]
    public MqttVersion Version { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Encode();
        var bytes = _output.WrittenSpan.ToArray();
        _whole = new ReadOnlySequence<byte>(bytes);
        _cut = Halves.Of(bytes, bytes.Length / Messages);
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long Decode() => Read(_whole);

    [Benchmark(OperationsPerInvoke = Messages)]
    public long DecodeAcrossSegments() => Read(_cut);

    [Benchmark(OperationsPerInvoke = Messages)]
    public void Encode()
    {
        _output.ResetWrittenCount();
        for (var i = 1; i <= Messages; i++)
        {
            new PublishPacket { Qos = 1, PacketId = (ushort)i, Topic = s_topic, Payload = s_payload }.WriteTo(_output, Version);
        }
    }

    private long Read(ReadOnlySequence<byte> input)
    {
        long sum = 0;
        while (_reader.Read(ref input, out var frame, out _) == ReadStatus.Packet && PublishPacket.TryRead(frame, Version, out var packet, out _))
        {
            sum += packet.Payload.Length + packet.PacketId;
        }

        return input.IsEmpty ? sum : throw new InvalidOperationException("The stream was not read to its end.");
    }

    private sealed class Halves : ReadOnlySequenceSegment<byte>
    {
        /// <summary>Segments as long as a packet, shifted by half of one.</summary>
        public static ReadOnlySequence<byte> Of(byte[] bytes, int size)
        {
            var first = new Halves { Memory = bytes.AsMemory(0, size / 2) };
            var last = first;
            for (var at = size / 2; at < bytes.Length; at += size)
            {
                var next = new Halves { Memory = bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), RunningIndex = at };
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }
}
