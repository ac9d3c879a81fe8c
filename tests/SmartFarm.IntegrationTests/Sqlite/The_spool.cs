using System.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class The_spool : IAsyncDisposable
{
    private const int LineLength = 20;
    private static readonly Series Series = new SeriesCatalog().Get("m");
    private readonly DataFolder _data = new(new SqliteOptions { MaxSpoolBytes = 10 * LineLength });

    private ISpool Spool => _data.Open.Spool;

    [Fact]
    public async Task Gives_the_oldest_first_as_many_as_fit()
    {
        await CommitAsync(1, 2, 3);

        Assert.Equal("1", await PeekAsync(1));
        Assert.Equal("1 2", await PeekAsync((3 * LineLength) - 1));
        Assert.Equal("1 2 3", await PeekAsync(3 * LineLength));
    }

    [Fact]
    public async Task Keeps_all_that_was_not_removed()
    {
        await CommitAsync(1, 2, 3);
        var chunk = await Spool.PeekAsync(2 * LineLength, default);
        await CommitAsync(4);

        await Spool.RemoveAsync(chunk!, [], default);
        await _data.ReopenAsync();

        Assert.Equal("3 4", await PeekAsync(1000));
    }

    [Fact]
    public async Task Never_uses_an_id_again_so_a_late_removal_takes_nothing_newer()
    {
        await CommitAsync(1);
        var chunk = await Spool.PeekAsync(1000, default);
        await Spool.RemoveAsync(chunk!, [], default);
        await _data.ReopenAsync();
        await CommitAsync(2);

        await Spool.RemoveAsync(chunk!, [], default);

        Assert.Equal("2", await PeekAsync(1000));
    }

    [Fact]
    public async Task Moves_refused_lines_to_the_quarantine_in_the_step_that_removes_the_chunk()
    {
        await CommitAsync(1);
        var chunk = await Spool.PeekAsync(1000, default);
        var refused = new QuarantineEntry(0, 5, default, chunk!.Lines, chunk.Lines.Length, RejectReason.RefusedByStore, "field type conflict", "s/a");

        await Assert.ThrowsAnyAsync<Exception>(() => Spool.RemoveAsync(chunk, [refused, refused with { Detail = null! }], default).AsTask());
        Assert.Equal("1", await PeekAsync(1000));
        Assert.Empty(await _data.Open.Quarantine.ListAsync(10, null, default));

        await Spool.RemoveAsync(chunk, [refused], default);
        await _data.ReopenAsync();
        Assert.Null(await Spool.PeekAsync(1000, default));
        Assert.Equal("field type conflict", Assert.Single(await _data.Open.Quarantine.ListAsync(10, RejectReason.RefusedByStore, default)).Detail);
    }

    [Fact]
    public async Task Tells_how_much_waits_and_since_when()
    {
        Assert.Equal(default, await Spool.DepthAsync(default));

        var start = _data.Time.GetUtcNow().ToUnixTimeMilliseconds();
        await CommitAsync(1);
        _data.Time.Advance(TimeSpan.FromSeconds(9));
        await CommitAsync(2);
        await _data.ReopenAsync();

        Assert.Equal(new SpoolDepth(2, 2 * LineLength, start), await Spool.DepthAsync(default));
        var oldest = await Spool.PeekAsync(1, default);
        Assert.Equal(start, oldest!.OldestMs);
        await Spool.RemoveAsync(oldest, [], default);
        Assert.Equal(new SpoolDepth(1, LineLength, start + 9000), await Spool.DepthAsync(default));
    }

    [Fact]
    public async Task Refuses_what_is_over_its_limit_and_takes_it_when_there_is_room()
    {
        await CommitAsync([.. Enumerable.Range(1, 10)]);
        var batch = Batch(11);
        batch.CountsOf("s/a").Received = 1;

        var error = await Assert.ThrowsAsync<StoreFullException>(() => _data.SpoolStore.CommitAsync(batch, default).AsTask());

        Assert.StartsWith("The spool is full: 200 bytes wait for the database, the limit is 200.", error.Message, StringComparison.Ordinal);
        Assert.Empty(await _data.Open.Ledger.ReadAsync(default));
        await Spool.RemoveAsync((await Spool.PeekAsync(1, default))!, [], default);
        await _data.SpoolStore.CommitAsync(batch, default);
        Assert.Equal("2 3 4 5 6 7 8 9 10 11", await PeekAsync(1000));
        Assert.Equal(1, (await _data.Open.Ledger.ReadAsync(default))["s/a"].Received);
    }

    [Fact]
    public async Task Wakes_who_waits_when_something_comes()
    {
        var waiting = Spool.WaitAsync(default).AsTask();
        Assert.False(waiting.IsCompleted);

        await CommitAsync(1);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        await Spool.WaitAsync(default);
    }

    [Fact]
    public async Task Lets_a_waiter_go_that_gives_up()
    {
        using var giveUp = new CancellationTokenSource();
        var waiting = Spool.WaitAsync(giveUp.Token).AsTask();

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Puts_a_chunk_that_the_disk_changed_into_the_quarantine_and_goes_on()
    {
        await CommitAsync(1, 2, 3);
        _data.Execute("UPDATE spool SET body = CAST(replace(body, '2', '7') AS BLOB) WHERE id = 2");

        Assert.Equal("1", await PeekAsync(1000));
        await Spool.RemoveAsync((await Spool.PeekAsync(1000, default))!, [], default);

        Assert.Equal("3", await PeekAsync(1000));
        var entry = Assert.Single(await _data.Open.Quarantine.ListAsync(10, null, default));
        Assert.EndsWith(" 7\n", Encoding.UTF8.GetString(entry.Payload.Span), StringComparison.Ordinal);
        Assert.StartsWith("Chunk 2 of the spool, with 1 values, does not match its checksum", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(1, (await _data.Open.StatsAsync(default)).SpoolDamaged);
        Assert.Equal(LineLength, (await Spool.DepthAsync(default)).Bytes);
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    private static StoreBatch Batch(int number)
    {
        var batch = new StoreBatch();
        var head = $"m||{number}|".Length;
        batch.Add(Point.OfText(Series, "", new string(' ', LineLength - head - 1 - $"{number}".Length) + number, number));
        return batch;
    }

    private async Task CommitAsync(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            await _data.SpoolStore.CommitAsync(Batch(number), default);
        }
    }

    private async Task<string> PeekAsync(int maxBytes)
    {
        var chunk = await Spool.PeekAsync(maxBytes, default);
        return string.Join(' ', Encoding.UTF8.GetString(chunk!.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')[3].Trim()));
    }
}
