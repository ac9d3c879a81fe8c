using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

/// <summary>What is received is counted at the door, so that each of these would come out uneven if an outcome were forgotten.</summary>
public sealed class The_ledger_balances
{
    [Theory]
    [InlineData("""{"ts":"2026-11-22T08:00:00Z","air_temperature":21,"relative_humidity":60}""", 2)]
    [InlineData("""{"ts":"2026-11-22T08:00:00Z","air_temperature":21,"mojo":1,"relative_humidity":"x"}""", 3)]
    [InlineData("""{"ts":"2030-11-22T08:00:00Z","air_temperature":21,"relative_humidity":60}""", 2)]
    [InlineData("{\"air_temperature\":", 1)]
    public async Task Whatever_comes(string payload, int readings)
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate(payload);
        road.SendClimate(payload);
        await road.SettledAsync();

        var books = await LedgerBooks.ReadAsync(road.Folder.Ledger, road.Store, default);
        Assert.Equal((2 * readings, 0, true), ((int)books.Total.Received, books.InFlight, books.IsBalanced));
        Assert.Equal(2 * readings, road.Metrics.ReadingsReceived);
    }

    [Fact]
    public async Task When_a_fault_of_ours_interrupts_a_message()
    {
        await using var road = await Road.OpenAsync(checks: [new FaultyCheck()]);

        road.SendClimate("""{"ts":"2026-11-22T08:00:00Z","air_temperature":21,"relative_humidity":60}""");
        road.SendClimate("""{"ts":"2026-11-22T08:00:01Z","air_temperature":22}""");
        await road.SettledAsync();

        Assert.Equal(new LedgerCounts { Received = 3, Stored = 2, Quarantined = 1 }, await road.CountsAsync("t1/climate-1"));
        Assert.Equal(1, road.Metrics.Faults);
    }

    [Fact]
    public async Task With_what_is_in_flight_while_nothing_can_be_stored()
    {
        var gate = new TaskCompletionSource();
        await using var road = await Road.OpenAsync(new WaitingStore(gate.Task));

        road.SendClimate("""{"ts":"2026-11-22T08:00:00Z","air_temperature":21,"relative_humidity":60}""");
        var open = road.Store.Open();
        Assert.Equal((2, 0), (open.ByAccount["t1/climate-1"], open.Lost));
        gate.SetResult();
        await road.SettledAsync();

        // What is settled still counts as open for a moment: never in none of the two.
        await road.Store.StopAsync(default);
        Assert.Equal((0, 0), (road.Store.Open().ByAccount.Values.Sum(), road.Store.Open().Lost));
    }

    [Fact]
    public async Task And_tells_what_the_quarantine_had_no_room_for_on_the_account_that_it_was_of()
    {
        using var temp = new TempFolder(inMemory: true);
        await using var folder = SqliteFolder.Open(temp.Path, new SqliteOptions { MaxQuarantineEntries = 2 }, TimeProvider.System, NullLoggerFactory.Instance);
        var batch = new StoreBatch();
        foreach (var account in new[] { "t1/a", "t1/a", "t1/b", "t1/b", "t1/b" })
        {
            batch.Add(new QuarantineEntry(0, 0, default, new byte[] { 1 }, 1, RejectReason.BadJson, "No.", account));
            batch.CountsOf(account).Add(new LedgerCounts { Received = 1, Quarantined = 1 });
        }

        await folder.EmbeddedStore.CommitAsync(batch, default);

        var ledger = await folder.Ledger.ReadAsync(default);
        Assert.Equal((1, 2), (ledger["t1/a"].Evicted, ledger["t1/b"].Evicted));
        Assert.Equal(new LedgerCounts { Received = 2, Quarantined = 2, Evicted = 1 }, ledger["t1/a"]);
    }

    [Fact]
    public async Task And_tells_what_the_database_refused_later()
    {
        await using var road = await Road.OpenAsync();
        var batch = new StoreBatch();
        for (var i = 0; i < 3; i++)
        {
            batch.Add(new QuarantineEntry(0, i, default, new byte[] { 1 }, 1, RejectReason.RefusedByStore, "No.", QuarantineEntry.Database));
        }

        await road.Folder.EmbeddedStore.CommitAsync(batch, default);

        Assert.Equal(new LedgerCounts { RefusedByStore = 3 }, await road.CountsAsync(QuarantineEntry.Database));
    }

    private sealed class FaultyCheck : IReadingCheck
    {
        public string Name => "faulty";

        public Flag Check(Quantity quantity, double value) => quantity == Quantities.RelativeHumidity ? throw new InvalidOperationException("A bug.") : Flag.Good;

        public string Explain(Quantity quantity, double value) => "";
    }

    private sealed class WaitingStore(Task gate) : IDurableStore
    {
        public async ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken) => await gate.WaitAsync(cancellationToken);

        public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) => new((IReadOnlyList<ulong>)[]);
    }
}
