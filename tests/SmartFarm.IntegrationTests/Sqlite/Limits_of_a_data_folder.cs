using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class Limits_of_a_data_folder
{
    private static readonly Series Series = new SeriesCatalog().Get("telemetry", ("device", "a"));

    [Fact]
    public async Task A_full_file_is_one_sentence_and_keeps_what_it_has()
    {
        await using var data = new DataFolder(new SqliteOptions { MaxFileBytes = 400_000 });
        var store = data.Open.EmbeddedStore;
        var done = 0;

        var error = await Assert.ThrowsAsync<StoreFullException>(async () =>
        {
            for (; ; done++)
            {
                await store.CommitAsync(Thousand(done), default);
            }
        });

        Assert.Equal(
            $"There is no room for '{data.File}': the disk is full or the file is at its limit. Nothing is acknowledged until there is; make room or raise the limit.",
            error.Message);
        Assert.InRange(done, 5, 30);
        await data.ReopenAsync();
        Assert.Equal(done * 1000, data.EmbeddedRows().Count);
        Assert.Equal(done * 1000, (await data.Open.Ledger.ReadAsync(default))["s/a"].Stored);
    }

    [Fact]
    public async Task The_quarantine_is_bounded_in_bytes_and_counts_what_went()
    {
        await using var data = new DataFolder(new SqliteOptions { MaxQuarantineBytes = 300_000 });
        for (var i = 1; i <= 20; i++)
        {
            var batch = new StoreBatch();
            batch.Quarantined.Add(new QuarantineEntry(0, i, default, new byte[QuarantineEntry.MaxPayload + 1], 70_000, default, "", ""));
            await data.Open.EmbeddedStore.CommitAsync(batch, default);
        }

        await data.ReopenAsync();
        var stats = await data.Open.StatsAsync(default);
        Assert.Equal((4, 4 * QuarantineEntry.MaxPayload, 16), (stats.QuarantineEntries, stats.QuarantineBytes, stats.QuarantineDropped));
        Assert.Equal([20, 19, 18, 17], (await data.Open.Quarantine.ListAsync(10, null, default)).Select(e => e.ReceivedMs));
    }

    [Fact]
    public async Task A_flood_of_refusals_from_one_device_drives_out_its_own_only()
    {
        await using var data = new DataFolder(new SqliteOptions { MaxQuarantineEntries = 100 });
        await CommitAsync("t1/quiet", 10);
        await CommitAsync("t1/loud", 500);
        await CommitAsync("t1/late", 10);
        await CommitAsync("t1/loud", 500);

        var kept = (await data.Open.Quarantine.ListAsync(1000, null, default)).ToLookup(e => e.Account, e => e.ReceivedMs);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), kept["t1/quiet"].Order());
        Assert.Equal(10, kept["t1/late"].Count());
        Assert.InRange(kept["t1/loud"].Count(), 100 - 20 - 6, 80);
        Assert.Equal(499, kept["t1/loud"].Max());
        Assert.Equal(1020 - kept.Sum(a => a.Count()), (await data.Open.StatsAsync(default)).QuarantineDropped);

        async Task CommitAsync(string account, int entries)
        {
            for (var i = 0; i < entries;)
            {
                var batch = new StoreBatch();
                for (var end = Math.Min(entries, i + 7); i < end; i++)
                {
                    batch.Add(new QuarantineEntry(0, i, default, new byte[10], 10, default, "", account));
                }

                await data.Open.EmbeddedStore.CommitAsync(batch, default);
            }
        }
    }

    [Fact]
    public async Task Fingerprints_are_kept_for_the_most_recent_commits_only()
    {
        await using var data = new DataFolder(new SqliteOptions { MaxFingerprints = 10 });
        for (ulong i = 0; i < 30; i += 3)
        {
            var batch = new StoreBatch();
            batch.AddFingerprint(i);
            batch.AddFingerprint(i + 1);
            batch.AddFingerprint(i + 2);
            await data.Open.EmbeddedStore.CommitAsync(batch, default);
        }

        Assert.Equal(Enumerable.Range(18, 12).Select(i => (ulong)i), await data.Open.EmbeddedStore.RecentFingerprintsAsync(1000, default));
    }

    [Fact]
    public async Task An_answer_of_the_history_that_would_be_too_large_is_refused()
    {
        await using var data = new DataFolder(new SqliteOptions { MaxHistoryPoints = 999 });
        await data.Open.EmbeddedStore.CommitAsync(Thousand(0), default);
        var query = new HistoryQuery("telemetry", "co2", new Dictionary<string, string>(), 0, 1000, 0);

        var error = await Assert.ThrowsAsync<StoreException>(() => data.Open.History.ReadAsync(query, default).AsTask());

        Assert.Equal("The answer would have more than 999 values: ask for a shorter time or a longer step.", error.Message);
        Assert.Equal(500, Assert.Single(await data.Open.History.ReadAsync(query with { StepMs = 2 }, default)).Points.Count);
    }

    private static StoreBatch Thousand(int number)
    {
        var batch = new StoreBatch();
        for (var i = 0; i < 1000; i++)
        {
            var time = (number * 1000) + i;
            batch.Add(Point.Of(Series, "co2", time + 0.5, time));
        }

        batch.CountsOf("s/a").Stored = 1000;
        return batch;
    }
}
