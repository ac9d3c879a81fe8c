using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class A_disk_that_gets_full : IAsyncDisposable
{
    private const long Kept = 1_000_000;
    private readonly DataFolder _data;
    private long _left = Kept;

    public A_disk_that_gets_full() => _data = new DataFolder(
        new SqliteOptions { MinFreeBytes = Kept, FreeBytesOf = _ => _left }, new SpoolOptions { MinFreeBytes = Kept, FreeBytesOf = _ => _left });

    [Fact]
    public async Task Is_no_longer_filled_and_can_still_be_emptied()
    {
        await _data.SpoolStore.CommitAsync(Batch(1), default);
        _left = Kept - 1;

        var error = await Assert.ThrowsAsync<StoreFullException>(() => _data.SpoolStore.CommitAsync(Batch(2), default).AsTask());
        var chunk = await _data.Spool.Queue.PeekAsync(1000, default);
        await _data.Spool.Queue.RemoveAsync(chunk!, [], default);
        await _data.Open.RuleStates.SaveAsync("s", "z", new byte[] { 1 }, default);

        Assert.Equal(
            $"There is no room for '{Path.Combine(_data.Directory, SpoolFolder.FolderName)}': the disk has 999999 bytes left, and 1000000 are kept for emptying it. Nothing is acknowledged until there is; make room or lower the limit.",
            error.Message);
        Assert.Equal(0, (await _data.Spool.Queue.DepthAsync(default)).Chunks);
        _left = Kept;
        await _data.SpoolStore.CommitAsync(Batch(2), default);
        Assert.Equal(2, (await _data.Spool.Ledger.ReadAsync(default))["s/a"].Stored);
    }

    [Fact]
    public async Task Takes_no_points_and_no_refused_messages_into_the_embedded_store()
    {
        _left = Kept - 1;
        var refused = new StoreBatch();
        refused.Quarantined.Add(new QuarantineEntry(0, 1, default, new byte[10], 10, default, "", ""));

        await Assert.ThrowsAsync<StoreFullException>(() => _data.Open.EmbeddedStore.CommitAsync(Batch(1), default).AsTask());
        await Assert.ThrowsAsync<StoreFullException>(() => _data.Open.EmbeddedStore.CommitAsync(refused, default).AsTask());

        Assert.Empty(_data.EmbeddedRows());
        Assert.Empty(await _data.Open.Quarantine.ListAsync(10, null, default));
    }

    [Fact]
    public async Task Is_filled_to_the_end_when_nothing_is_to_be_kept()
    {
        await using var data = new DataFolder(null, new SpoolOptions { MinFreeBytes = 0, FreeBytesOf = _ => 0 });

        await data.SpoolStore.CommitAsync(Batch(1), default);

        Assert.Equal(1, (await data.Spool.Queue.DepthAsync(default)).Chunks);
    }

    [Fact]
    public void Is_the_one_the_folder_is_on()
    {
        var left = new SqliteOptions().FreeBytesOf(_data.Directory);

        Assert.InRange(left, 1, new DriveInfo(_data.Directory).TotalSize);
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    private static StoreBatch Batch(int number)
    {
        var batch = new StoreBatch();
        batch.Add(Point.Of(new SeriesCatalog().Get("m"), "f", number, number));
        batch.CountsOf("s/a").Stored = 1;
        return batch;
    }
}
