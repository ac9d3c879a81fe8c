using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Payloads.Native;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Worker.Influx;

namespace SmartFarm.Benchmarks.Pipeline;

/// <summary>
/// The whole intake without a network: bytes to decode, farm map, checks, climate, line protocol, one fsynced commit into the spool, receipt
/// settled. 200 devices, two readings each, in messages of their own.
/// </summary>
[MemoryDiagnoser]
public class IntakeBenchmark : IReceiptOwner
{
    private const int Messages = 20_000;
    private const int Devices = 200;
    private readonly TempFolder _temp = new();
    private readonly (byte[] Topic, byte[] Payload)[] _messages = new (byte[], byte[])[Messages];
    private readonly SemaphoreSlim _done = new(0);
    private SqliteFolder _folder = null!;
    private SpoolFolder _spool = null!;
    private StoreRunner _store = null!;
    private IntakePipeline _intake = null!;
    private long _round;
    private int _settled;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        var devices = Enumerable.Range(0, Devices).Select(i => new Device(
            $"dev{i:000}", $"dev{i:000}", "native", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), [Quantities.AirTemperature, Quantities.RelativeHumidity])).ToList();
        var zones = devices.Chunk(4).Select((four, i) => new Zone($"gh{i}", $"House {i}", null, null, four, [])).ToList();
        var map = new FarmMap(new Farm("bench", [new Site("t1", "Bench", null, null, null, "UTC", [], zones)]), new SeriesCatalog());
        _folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        var metrics = new WorkerMetrics();
        _spool = SpoolFolder.Open(_temp.Path, new SpoolOptions(), _folder.SpoolBooks, TimeProvider.System, NullLoggerFactory.Instance);
        _store = new StoreRunner(_spool.CreateStore(new InfluxPointEncoder(NullLogger<InfluxPointEncoder>.Instance)), metrics, TimeProvider.System, NullLogger<StoreRunner>.Instance);
        _intake = new IntakePipeline(
            map, new NativeTopics(), [new NativeFormat()], [new RangeCheck(), new MissingCheck()], _store, metrics, new SteadyClock(TimeProvider.System), NullLogger<IntakePipeline>.Instance, new ZoneSignal());
        await _store.StartAsync(default);
    }

    [IterationSetup]
    public void Write()
    {
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 3_600_000 + (_round++ * Messages / Devices * 1000);
        for (var i = 0; i < Messages; i++)
        {
            var time = start + (i / Devices * 1000);
            _messages[i] = (
                Encoding.UTF8.GetBytes($"farm/t1/dev{i % Devices:000}/telemetry"),
                Encoding.UTF8.GetBytes($$"""{"ts":{{time}},"seq":{{(_round * Messages) + i}},"air_temperature":{{20 + (i % 10)}}.4,"relative_humidity":61.2}"""));
        }

        _settled = 0;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task IntakeAsync()
    {
        for (var i = 0; i < Messages; i++)
        {
            _intake.Accept(new Delivery { Topic = _messages[i].Topic, Payload = _messages[i].Payload, Receipt = new Receipt(this, 1, i) });
            if (i % 500 == 499)
            {
                await _intake.FlushAsync(default);
            }
        }

        await _done.WaitAsync();
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _store.StopAsync(default);
        _spool.Dispose();
        await _folder.DisposeAsync();
        _temp.Dispose();
    }

    void IReceiptOwner.Settle(int connection, long sequence)
    {
        if (Interlocked.Increment(ref _settled) == Messages)
        {
            _done.Release();
        }
    }
}
