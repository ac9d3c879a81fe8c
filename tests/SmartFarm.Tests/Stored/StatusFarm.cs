using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Sqlite;
using SmartFarm.Testing;

namespace SmartFarm.Tests.Stored;

/// <summary>What tells how a farm is, on a real data folder and a clock that a test drives.</summary>
internal sealed class StatusFarm : IAsyncDisposable
{
    private readonly TempFolder _temp = new();

    public StatusFarm(string farm)
    {
        Folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), Clock, NullLoggerFactory.Instance);
        Steady = new SteadyClock(Clock);
        Store = new StoreRunner(Folder.EmbeddedStore, Metrics, Clock, NullLogger<StoreRunner>.Instance);
        Alarms = new AlarmBook(Store, Catalog, Steady, NullLogger<AlarmBook>.Instance);
        var loaded = FarmLoader.Parse(farm);
        Map = new FarmMap(loaded.Farm ?? throw new InvalidOperationException(string.Join('\n', loaded.Errors)), Catalog);
    }

    public TestTimeProvider Clock { get; } = new();

    public SteadyClock Steady { get; }

    public SqliteFolder Folder { get; }

    public StoreRunner Store { get; }

    public SeriesCatalog Catalog { get; } = new();

    public WorkerMetrics Metrics { get; } = new();

    public AlarmBook Alarms { get; }

    public FarmMap Map { get; }

    public DeviceEntry Device(string id) => Map.Zones.SelectMany(z => z.Devices).Single(d => d.Device.Id == id);

    /// <summary>A reading of this moment.</summary>
    public void Measure(string device, Quantity quantity, double value, Flag flag = Flag.Good)
    {
        var (entry, now) = (Device(device), Steady.Now().SteadyMs);
        entry.LastSeenMs = now;
        entry.Zone.Offer(entry, quantity, null, value, flag, now, now, out _);
    }

    /// <summary>Every row stored so far, of all series, in order of time; each with its tags among the texts.</summary>
    public async Task<IReadOnlyList<HistoryRow>> RowsAsync(string measurement, params string[] fields)
    {
        await Store.StopAsync(default);
        var found = await Folder.History.ReadRowsAsync(new RowQuery(measurement, fields, new Dictionary<string, string>(), 0, long.MaxValue, 10_000), default);
        return [.. found.SelectMany(s => s.Rows.Select(r => r with { Texts = s.Tags.Concat(r.Texts).ToDictionary() })).OrderBy(r => r.TimeMs)];
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        await Folder.DisposeAsync();
        _temp.Dispose();
    }
}
