using System.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.IntegrationTests.Contracts;

/// <summary>What everything behind <see cref="IDurableStore"/> must do.</summary>
public abstract class Store_contract
{
    private readonly SeriesCatalog _catalog = new();

    protected abstract IDurableStore Store { get; }

    protected abstract ILedger Ledger { get; }

    protected abstract IQuarantine Quarantine { get; }

    /// <summary>What is stored, as a database shows it: one value for each series, field and time.</summary>
    protected abstract Task<Dictionary<(string Series, string Field, long TimeMs), string>> RowsAsync();

    /// <summary>Closes everything and opens it again.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task What_was_committed_is_there_after_reopening()
    {
        var batch = new StoreBatch();
        batch.Add(Point.Of(Telemetry("a"), "air_temperature", 21.5, 1000));
        batch.Add(Point.Of(Telemetry("a"), "relative_humidity", 60, 1000));
        batch.Add(Point.Of(Telemetry("b"), "air_temperature", -0.1, -1000));
        batch.Add(Point.OfInteger(Telemetry("b"), "flag", 4, 2000));

        await CommitAsync(batch);
        await ReopenAsync();

        Assert.Equal(
            ["a air_temperature 1000 21.5", "a relative_humidity 1000 60", "b air_temperature -1000 -0.1", "b flag 2000 4"],
            await ListRowsAsync());
    }

    [Fact]
    public async Task Text_is_kept_whatever_its_letters()
    {
        var batch = new StoreBatch();
        batch.Add(Point.OfText(Telemetry("a"), "detail", "Түркістан 'о\"\\ 🌱", 1000));
        batch.Add(Point.OfText(Telemetry("a"), "detail", "", 2000));

        await CommitAsync(batch);
        await ReopenAsync();

        Assert.Equal(["a detail 1000 Түркістан 'о\"\\ 🌱", "a detail 2000 "], await ListRowsAsync());
    }

    [Fact]
    public async Task The_same_point_twice_is_one_row_and_the_last_one_stays()
    {
        foreach (var value in new[] { 1.0, 2.0 })
        {
            var batch = new StoreBatch();
            batch.Add(Point.Of(Telemetry("a"), "co2", value, 1000));
            batch.Add(Point.Of(Telemetry("a"), "co2", value + 0.5, 1000));
            await CommitAsync(batch);
        }

        Assert.Equal(["a co2 1000 2.5"], await ListRowsAsync());
    }

    /// <summary>A replay takes an entry out and counts it as what it turned out to be: counts may also go down.</summary>
    [Fact]
    public async Task An_entry_that_is_released_leaves_with_the_commit_that_recounts_it()
    {
        var refused = new StoreBatch();
        refused.Add(new QuarantineEntry(0, 1, "farm/s/a/telemetry"u8.ToArray(), "{}"u8.ToArray(), 2, RejectReason.UnknownDevice, "", QuarantineEntry.Unclaimed));
        refused.CountsOf(QuarantineEntry.Unclaimed).Add(new LedgerCounts { Received = 1, Quarantined = 1 });
        await CommitAsync(refused);
        var replayed = new StoreBatch();
        replayed.Released.Add((await Quarantine.ListAsync(10, null, default))[0].Id);
        replayed.Add(Point.Of(Telemetry("a"), "co2", 400, 1));
        replayed.CountsOf(QuarantineEntry.Unclaimed).Add(new LedgerCounts { Received = -1, Quarantined = -1 });
        replayed.CountsOf("s/a").Add(new LedgerCounts { Received = 1, Stored = 1 });

        await CommitAsync(replayed);
        await ReopenAsync();

        Assert.Empty(await Quarantine.ListAsync(10, null, default));
        var counts = await Ledger.ReadAsync(default);
        Assert.Equal((0, 0), (counts[QuarantineEntry.Unclaimed].Received, counts[QuarantineEntry.Unclaimed].Quarantined));
        Assert.Equal((1, 1), (counts["s/a"].Received, counts["s/a"].Stored));
        Assert.Equal(["a co2 1 400"], await ListRowsAsync());
    }

    [Fact]
    public async Task Counts_add_up_over_commits_and_reopening()
    {
        for (var i = 1; i <= 3; i++)
        {
            var batch = new StoreBatch();
            batch.CountsOf("s/a").Add(new LedgerCounts { Received = 10, Stored = 6, Duplicate = 3, Quarantined = 1, Late = 2, Flagged = i });
            batch.CountsOf($"s/{i}").Received++;
            await CommitAsync(batch);
            await ReopenAsync();
        }

        var counts = await Ledger.ReadAsync(default);

        Assert.Equal(4, counts.Count);
        Assert.Equal(new LedgerCounts { Received = 30, Stored = 18, Duplicate = 9, Quarantined = 3, Late = 6, Flagged = 6 }, counts["s/a"]);
        Assert.Equal(new LedgerCounts { Received = 1 }, counts["s/2"]);
    }

    [Fact]
    public async Task Fingerprints_come_back_newest_last_and_no_more_than_asked_for()
    {
        ulong next = ulong.MaxValue - 4;
        foreach (var size in new[] { 3, 1, 4 })
        {
            var batch = new StoreBatch();
            batch.CountsOf("s/a").Received += size;
            for (var i = 0; i < size; i++)
            {
                batch.AddFingerprint(unchecked(next++));
            }

            await CommitAsync(batch);
        }

        await ReopenAsync();

        Assert.Equal([ulong.MaxValue - 2, ulong.MaxValue - 1, ulong.MaxValue, 0, 1, 2], await Store.RecentFingerprintsAsync(6, default));
        Assert.Equal(8, (await Store.RecentFingerprintsAsync(100, default)).Count);
        Assert.Empty(await Store.RecentFingerprintsAsync(0, default));
    }

    [Fact]
    public async Task When_a_commit_throws_nothing_of_the_batch_is_there_and_the_next_one_works()
    {
        var broken = Full("new-device", 1);
        broken.Quarantined.Add(Entry("bad") with { Account = null! });

        await Assert.ThrowsAnyAsync<Exception>(() => CommitAsync(broken));
        await AssertNothingAsync();

        await CommitAsync(Full("new-device", 2));
        await ReopenAsync();

        Assert.Equal(["new-device co2 2 2", "new-device detail 2 text"], await ListRowsAsync());
        Assert.Equal(2, (await Ledger.ReadAsync(default))["s/a"].Received);
        Assert.Equal([2ul], await Store.RecentFingerprintsAsync(10, default));
        Assert.Single(await Quarantine.ListAsync(10, null, default));
    }

    [Fact]
    public async Task A_cancelled_commit_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CommitAsync(Full("a", 1), new CancellationToken(canceled: true)).AsTask());
        await AssertNothingAsync();
    }

    [Fact]
    public async Task A_batch_without_points_keeps_its_counts_and_refused_messages()
    {
        var batch = new StoreBatch();
        batch.CountsOf("unclaimed").Add(new LedgerCounts { Received = 1, Quarantined = 1 });
        batch.Quarantined.Add(Entry("raw"));

        await CommitAsync(batch);
        await ReopenAsync();

        Assert.Empty(await ListRowsAsync());
        Assert.Equal("raw"u8.ToArray(), Assert.Single(await Quarantine.ListAsync(10, null, default)).Payload.ToArray());
        Assert.Equal(1, (await Ledger.ReadAsync(default))["unclaimed"].Quarantined);
    }

    private static QuarantineEntry Entry(string payload) =>
        new(0, 1000, "farm/s/x/telemetry"u8.ToArray(), Encoding.UTF8.GetBytes(payload), payload.Length, RejectReason.UnknownDevice, "No such device.", "unclaimed");

    private Task CommitAsync(StoreBatch batch) => Store.CommitAsync(batch, default).AsTask();

    private Series Telemetry(string device) => _catalog.Get(Schema.Telemetry, ("site", "s"), ("device", device));

    private StoreBatch Full(string device, int number)
    {
        var batch = new StoreBatch();
        batch.Add(Point.Of(Telemetry(device), "co2", number, number));
        batch.Add(Point.OfText(Telemetry(device), "detail", "text", number));
        batch.CountsOf("s/a").Add(new LedgerCounts { Received = 2, Stored = 1, Quarantined = 1 });
        batch.AddFingerprint((ulong)number);
        batch.Quarantined.Add(Entry("good"));
        return batch;
    }

    private async Task AssertNothingAsync()
    {
        Assert.Empty(await ListRowsAsync());
        Assert.Empty(await Ledger.ReadAsync(default));
        Assert.Empty(await Quarantine.ListAsync(10, null, default));
        Assert.Empty(await Store.RecentFingerprintsAsync(10, default));
    }

    private async Task<List<string>> ListRowsAsync() =>
        [.. (await RowsAsync()).Select(r => $"{r.Key.Series["telemetry,device=".Length..^",site=s".Length]} {r.Key.Field} {r.Key.TimeMs} {r.Value}").Order(StringComparer.Ordinal)];
}
