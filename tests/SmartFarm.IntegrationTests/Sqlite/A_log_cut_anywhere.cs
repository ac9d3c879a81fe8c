using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>What a power cut can leave of a write that was not acknowledged: the log of the database, cut at any byte.</summary>
public sealed class A_log_cut_anywhere
{
    private const int Commits = 12;
    private const int Step = 1021;

    [Fact]
    public async Task Leaves_whole_commits_only_and_counts_that_match_them()
    {
        await using var data = new DataFolder();
        var series = new SeriesCatalog().Get("m");
        for (var commit = 0; commit < Commits; commit++)
        {
            var batch = new StoreBatch();
            for (var i = 0; i < 50; i++)
            {
                batch.Add(Point.Of(series, "f", i, (commit * 50) + i));
            }

            batch.CountsOf("s/a").Stored = 50;
            await data.Open.EmbeddedStore.CommitAsync(batch, default);
        }

        var seen = new HashSet<long>();
        var log = await File.ReadAllBytesAsync(data.File + "-wal");
        for (var length = 0; length <= log.Length; length += Step)
        {
            seen.Add(await StoredAfterCutAsync(data.File, log.AsMemory(0, length)));
        }

        // Every number of whole commits occurs, from none to all but perhaps the last.
        Assert.InRange(seen.Count, Commits, Commits + 1);
    }

    /// <summary>Opens a copy with the log cut, and checks that rows and counts agree.</summary>
    private static async Task<long> StoredAfterCutAsync(string original, ReadOnlyMemory<byte> log)
    {
        using var copy = new TempFolder();
        File.Copy(original, copy.File(SqliteFolder.FileName));
        await File.WriteAllBytesAsync(copy.File(SqliteFolder.FileName + "-wal"), log);
        await using var folder = SqliteFolder.Open(copy.Path, new SqliteOptions(), TimeProvider.System, NullLoggerFactory.Instance);

        var stored = (await folder.Ledger.ReadAsync(default)).GetValueOrDefault("s/a").Stored;
        var history = await folder.History.ReadAsync(new HistoryQuery("m", "f", new Dictionary<string, string>(), 0, long.MaxValue, 0), default);
        Assert.Equal(0, stored % 50);
        Assert.Equal(stored, history.Sum(s => s.Points.Count));
        return stored;
    }
}
