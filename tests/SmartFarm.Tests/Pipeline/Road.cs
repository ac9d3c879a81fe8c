using System.Text;
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
using SmartFarm.Sqlite;
using SmartFarm.Testing;

namespace SmartFarm.Tests.Pipeline;

/// <summary>The real road from bytes to the embedded store, without a broker in front of it.</summary>
internal sealed class Road : IAsyncDisposable, IReceiptOwner
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _temp = new();
    private readonly List<long> _settled = [];
    private readonly SemaphoreSlim _settling = new(0);
    private long _sent;

    private Road(IDurableStore? store, IReadingCheck[]? checks)
    {
        Folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), Clock, NullLoggerFactory.Instance);
        Steady = new SteadyClock(Clock);
        Map = new FarmMap(Farm, Catalog);
        Store = new StoreRunner(store ?? Folder.EmbeddedStore, Metrics, Clock, NullLogger<StoreRunner>.Instance);
        Intake = new IntakePipeline(
            Map, new NativeTopics(), [new NativeFormat()], checks ?? [new RangeCheck(), new MissingCheck()], Store, Metrics, Steady, NullLogger<IntakePipeline>.Instance, Signal);
    }

    public static Farm Farm { get; } = new("test", [
        new Site("t1", "Test site", null, null, null, "Asia/Almaty", [NewDevice("weather", Quantities.WindSpeed)], [
            new Zone("gh1", "House 1", "tomato", 1000, [
                NewDevice("climate-1", Quantities.AirTemperature, Quantities.RelativeHumidity),
                NewDevice("climate-2", Quantities.AirTemperature),
                NewDevice("climate-3", Quantities.AirTemperature),
                NewDevice("soil", Quantities.SoilMoisture),
                NewDevice("odd", Quantities.AirTemperature) with { Format = "morse" },
            ], []),
        ]),
    ]);

    public WallClockAt Clock { get; } = new(Noon);

    public SteadyClock Steady { get; }

    public SqliteFolder Folder { get; }

    public SeriesCatalog Catalog { get; } = new();

    public WorkerMetrics Metrics { get; } = new();

    public ZoneSignal Signal { get; } = new();

    public FarmMap Map { get; }

    public StoreRunner Store { get; }

    public IntakePipeline Intake { get; }

    /// <summary>Numbers of the messages settled, in order.</summary>
    public IReadOnlyList<long> Settled
    {
        get
        {
            lock (_settled)
            {
                return [.. _settled];
            }
        }
    }

    public static async Task<Road> OpenAsync(IDurableStore? store = null, IReadingCheck[]? checks = null)
    {
        var road = new Road(store, checks);
        await road.Store.StartAsync(default);
        return road;
    }

    public void Send(string topic, string payload, bool retained = false) => Send(Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload), retained: retained);

    public void Send(byte[] topic, byte[] payload, long oversize = 0, bool retained = false) => Intake.Accept(new Delivery
    {
        Topic = topic,
        Payload = payload,
        OversizeBytes = oversize,
        Retained = retained,
        Receipt = new Receipt(this, 1, ++_sent),
    });

    /// <summary>Sends readings of the device climate-1.</summary>
    public void SendClimate(string json) => Send("farm/t1/climate-1/telemetry", json);

    /// <summary>Waits until everything sent so far is settled.</summary>
    public async Task SettledAsync()
    {
        while (Settled.Count < _sent)
        {
            if (!await _settling.WaitAsync(TimeSpan.FromSeconds(30)))
            {
                throw new TimeoutException($"{Settled.Count} of {_sent} messages were settled.");
            }
        }
    }

    public async Task<LedgerCounts> CountsAsync(string account)
    {
        await SettledAsync();
        return (await Folder.Ledger.ReadAsync(default)).GetValueOrDefault(account);
    }

    /// <summary>What is stored of a field, over all series and time.</summary>
    public async Task<IReadOnlyList<HistorySeries>> StoredAsync(string measurement, string field)
    {
        await SettledAsync();
        return await Folder.History.ReadAsync(new HistoryQuery(measurement, field, new Dictionary<string, string>(), 0, long.MaxValue / 2, 0), default);
    }

    public void Settle(int connection, long sequence)
    {
        lock (_settled)
        {
            _settled.Add(sequence);
        }

        _settling.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.StopAsync(default);
        Store.Dispose();
        await Folder.DisposeAsync();
        Signal.Dispose();
        _settling.Dispose();
        _temp.Dispose();
    }

    private static Device NewDevice(string id, params Quantity[] quantities) =>
        new(id, id, "native", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), quantities);
}
