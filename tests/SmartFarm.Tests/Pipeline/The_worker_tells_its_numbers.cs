using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class The_worker_tells_its_numbers
{
    [Fact]
    public async Task Every_number_that_it_promises_and_no_other()
    {
        await using var road = await Road.OpenAsync();
        foreach (var latency in new[] { road.Metrics.Latencies.Durable, road.Metrics.Latencies.Visible, road.Metrics.Latencies.Commit, road.Metrics.Latencies.Published, road.Metrics.Latencies.Confirmed })
        {
            latency.Record(TimeSpan.FromMilliseconds(7));
        }

        var telemetry = Telemetry(road, new WaitingSpool());
        var told = await telemetry.ReadAsync(default);

        Assert.Equal(telemetry.Fields.Select(f => f.Name).Order(), told.Select(t => t.Name).Order());
        Assert.Equal(0, road.Metrics.Faults);
        Assert.All(told, t => Assert.True(double.IsFinite(t.Value), t.Name));
    }

    [Fact]
    public async Task Each_with_the_value_that_it_is_named_for()
    {
        await using var road = await Road.OpenAsync();
        var telemetry = Telemetry(road, new WaitingSpool());
        await telemetry.ReadAsync(default);
        road.SendClimate("""{"ts":"2026-11-22T07:59:58Z","seq":4,"air_temperature":21,"relative_humidity":60}""");
        road.SendClimate("""{"ts":"2026-11-22T07:59:59Z","seq":7,"air_temperature":21,"mojo":1}""");
        await road.SettledAsync();
        road.Clock.Pass(TimeSpan.FromSeconds(10));

        var told = (await telemetry.ReadAsync(default)).ToDictionary(t => t.Name, t => t.Value);

        Assert.Equal((2, 4, 3, 1), (told["messages_received"], told["readings_received"], told["readings_stored"], told["readings_quarantined"]));
        Assert.Equal((0.2, 0.4), (told["messages_per_s"], told["readings_per_s"]));
        Assert.Equal((1, 0), (told["rejected_unknown_quantity"], told["rejected_bad_json"]));
        Assert.Equal((4, 3, 1, 0, 0, 2), (told["ledger_received"], told["ledger_stored"], told["ledger_quarantined"], told["ledger_in_flight"], told["ledger_unexplained"], told["ledger_missing"]));
        Assert.Equal((3, 77, 8), (told["spool_chunks"], told["spool_bytes"], told["spool_oldest_s"]));
        Assert.Equal(2, told["durable_count"]);
        Assert.Equal(0, told["command_published_count"]);
        Assert.DoesNotContain("command_published_p50_ms", told.Keys);
        Assert.Equal(10, told["uptime_s"]);
    }

    [Fact]
    public async Task Without_those_that_cannot_be_read()
    {
        await using var road = await Road.OpenAsync();

        var told = await Telemetry(road, new WaitingSpool(new IOException("no disk"))).ReadAsync(default);

        Assert.Contains(told, t => t.Name == "memory_bytes");
        Assert.DoesNotContain(told, t => t.Name == "spool_bytes");
        Assert.Equal(1, road.Metrics.Faults);
    }

    private static SelfTelemetry Telemetry(Road road, ISpool spool) => new(
        [
            new CounterSource(road.Metrics, road.Clock), new LatencySource(road.Metrics), new StoreSource(road.Store, road.Clock, spool),
            new LedgerSource(road.Folder.Ledger, road.Store), new ProcessSource(),
        ],
        road.Metrics, road.Store, road.Catalog, new WorkerIdentity("here", "1"), road.Steady, road.Clock);

    /// <summary>Three commits with 77 bytes wait, the oldest since two seconds after noon.</summary>
    private sealed class WaitingSpool(Exception? fault = null) : ISpool
    {
        public ValueTask<SpoolDepth> DepthAsync(CancellationToken cancellationToken) => fault is null
            ? new(new SpoolDepth(3, 77, Road.Noon.AddSeconds(2).ToUnixTimeMilliseconds()))
            : ValueTask.FromException<SpoolDepth>(fault);

        public ValueTask<SpoolChunk?> PeekAsync(int maxBytes, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask RemoveAsync(SpoolChunk chunk, IReadOnlyList<QuarantineEntry> refused, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WaitAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
