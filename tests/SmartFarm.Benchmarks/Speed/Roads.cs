using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Influx;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Payloads.Native;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Worker.Influx;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>
/// Two roads from PUBLISH packets to line protocol, in memory. The bare one parses the packet and the JSON and writes the line: no checks, no
/// rules, no durability; it is the limit, not a product. Ours is the whole intake with a store that encodes and forgets.
/// </summary>
internal static class Roads
{
    private const int Devices = 200;
    private const int Rounds = 5;

    public static RoadResult Bare(int messages)
    {
        var lines = new ArrayBufferWriter<byte>(1 << 20);
        using var reader = new PacketReader(1 << 18, Oversize.Refuse);
        return Measure(messages, stream =>
        {
            var input = new ReadOnlySequence<byte>(stream);
            while (reader.Read(ref input, out var frame, out _) == ReadStatus.Packet)
            {
                PublishPacket.TryRead(frame, MqttVersion.V5, out var publish, out _);
                WriteLine(publish.Topic, publish.Payload, lines);
                if (lines.WrittenCount > 1 << 19)
                {
                    lines.ResetWrittenCount();
                }
            }
        });
    }

    public static async Task<RoadResult> OursAsync(int messages)
    {
        var devices = Enumerable.Range(0, Devices).Select(i => new Device(
            Telemetry.Device(i), Telemetry.Device(i), "native", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10), [Quantities.AirTemperature, Quantities.RelativeHumidity])).ToList();
        var zones = devices.Chunk(4).Select((four, i) => new Zone($"gh{i}", $"House {i}", null, null, four, [])).ToList();
        var map = new FarmMap(new Farm("speed", [new Site("t1", "Speed", null, null, null, "UTC", [], zones)]), new SeriesCatalog());
        var metrics = new WorkerMetrics();
        using var changed = new ZoneSignal();
        using var store = new StoreRunner(new ForgetfulStore(), metrics, TimeProvider.System, NullLogger<StoreRunner>.Instance);
        var intake = new IntakePipeline(
            map, new NativeTopics(), [new NativeFormat()], [new RangeCheck(), new MissingCheck()], store, metrics, new SteadyClock(TimeProvider.System), NullLogger<IntakePipeline>.Instance, changed);
        await store.StartAsync(default);
        using var reader = new PacketReader(1 << 18, Oversize.Refuse);
        var owner = new Nobody();
        var sequence = 0L;
        var result = Measure(messages, stream =>
        {
            var input = new ReadOnlySequence<byte>(stream);
            while (reader.Read(ref input, out var frame, out _) == ReadStatus.Packet)
            {
                PublishPacket.TryRead(frame, MqttVersion.V5, out var publish, out _);
                intake.Accept(new Delivery { Topic = publish.Topic, Payload = publish.Payload, Receipt = new Receipt(owner, 1, sequence++) });
                if (sequence % 400 == 0)
                {
                    intake.FlushAsync(default).AsTask().GetAwaiter().GetResult();
                }
            }
        });
        await store.StopAsync(default);
        var expected = sequence * 2;
        return metrics.ReadingsStored == expected
            ? result
            : throw new InvalidOperationException($"{metrics.ReadingsStored} of {expected} readings were stored: the measurement is worth nothing.");
    }

    private static void WriteLine(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, ArrayBufferWriter<byte> lines)
    {
        var writer = new LineProtocolWriter(lines);
        writer.Begin(topic);
        var json = new Utf8JsonReader(payload);
        long time = 0;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var isTime = json.ValueTextEquals("ts"u8);
            var field = json.ValueTextEquals("air_temperature"u8) ? "air_temperature" : json.ValueTextEquals("relative_humidity"u8) ? "relative_humidity" : null;
            json.Read();
            if (isTime)
            {
                time = json.GetInt64();
            }
            else if (field is not null)
            {
                writer.TryFloat(field, json.GetDouble());
            }
        }

        writer.End(time);
    }

    /// <summary>CPU time of the whole process, so that work on several threads counts in full; the last of the rounds, when all is compiled.</summary>
    private static RoadResult Measure(int messages, Action<byte[]> run)
    {
        var result = default(RoadResult)!;
        for (var i = 0; i < Rounds; i++)
        {
            var stream = Stream(messages, i);
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var cpu = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            run(stream);
            result = new RoadResult(
                watch.Elapsed.TotalNanoseconds / messages,
                (Environment.CpuUsage.TotalTime - cpu).TotalNanoseconds / messages,
                (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)messages);
        }

        return result;
    }

    private static byte[] Stream(int messages, int round)
    {
        var telemetry = new Telemetry(Devices, MqttVersion.V5, Telemetry.StartFor(messages * Rounds, Devices));
        var stream = new byte[(long)messages * telemetry.FrameSize];
        var used = 0;
        for (var i = 0; i < messages; i++)
        {
            used += telemetry.Write(stream.AsSpan(used), ((long)round * messages) + i, (ushort)(1 + (i % ushort.MaxValue)));
        }

        return stream;
    }

    private sealed class Nobody : IReceiptOwner
    {
        public void Settle(int connection, long sequence)
        {
            // Nobody waits.
        }

        public void Settle(int connection, long first, int count)
        {
            // Nobody waits.
        }
    }

    private sealed class ForgetfulStore : IDurableStore
    {
        private readonly InfluxPointEncoder _encoder = new(NullLogger<InfluxPointEncoder>.Instance);
        private readonly ArrayBufferWriter<byte> _lines = new();

        public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
        {
            _lines.ResetWrittenCount();
            _encoder.Encode(batch.Points, _lines);
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ulong>>([]);
    }
}

/// <summary>What a message costs on a road.</summary>
/// <param name="WallNs">Wall time in ns.</param>
/// <param name="CpuNs">CPU time of the process in ns.</param>
/// <param name="AllocatedBytes">Bytes allocated.</param>
internal sealed record RoadResult(double WallNs, double CpuNs, double AllocatedBytes);
