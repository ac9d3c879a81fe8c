using Dapper;
using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Sqlite.Engine;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class A_log_while_reads_overlap : IAsyncDisposable
{
    private const long Limit = 100_000;
    private readonly DataFolder _data = new(new SqliteOptions { MaxLogBytes = Limit });
    private int _committed;

    [Fact]
    public async Task Is_emptied_by_a_commit_that_waits_for_the_reads_under_way()
    {
        // Well before the next look, since the store itself commits now and then too.
        await _data.ReopenAsync();
        var first = Read();
        await CommitAsync(WriteAheadLog.CommitsBetweenLooks - 8);
        var second = Read();
        first.Dispose();
        Assert.InRange(await LogBytesAsync(), Limit + 1, long.MaxValue);

        // A thread of its own: the commit blocks while it waits, and the pool may have none to spare for the end of the read.
        var commits = Task.Factory.StartNew(CommitUntilEmptiedAsync, default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        second.Dispose();
        await commits;

        var stats = await _data.Open.StatsAsync(default);
        Assert.Equal((0, 0), (stats.LogBytes, stats.LogHeldUp));

        async Task CommitUntilEmptiedAsync()
        {
            for (var i = 0; i < WriteAheadLog.CommitsBetweenLooks && await LogBytesAsync() > 0; i++)
            {
                await CommitAsync(1);
            }
        }
    }

    [Fact]
    public async Task Stays_long_and_is_counted_while_one_read_does_not_end()
    {
        using var read = Read();

        await CommitAsync(WriteAheadLog.CommitsBetweenLooks);

        var stats = await _data.Open.StatsAsync(default);
        Assert.InRange(stats.LogBytes, Limit + 1, long.MaxValue);
        Assert.Equal(1, stats.LogHeldUp);
        Assert.Equal(_committed, _data.EmbeddedRows().Count);
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    private async Task<long> LogBytesAsync() => (await _data.Open.StatsAsync(default)).LogBytes;

    private async Task CommitAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var batch = new StoreBatch();
            batch.Add(Point.Of(new SeriesCatalog().Get("m"), "f", 1, _committed++));
            await _data.Open.EmbeddedStore.CommitAsync(batch, default);
        }
    }

    /// <summary>A read that sees the last commit and lasts until it is disposed.</summary>
    private SqliteConnection Read()
    {
        var connection = new SqliteConnection($"Data Source={_data.File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        connection.Execute("BEGIN DEFERRED");
        connection.ExecuteScalar<long>("SELECT count(*) FROM points");
        return connection;
    }
}
