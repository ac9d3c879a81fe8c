using System.Runtime.InteropServices;
using System.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class The_spool : IAsyncDisposable
{
    private const int LineLength = 20;

    // Two headers of 48 bytes, six numbers of entries, and the counts of one account with its name.
    private static readonly int BatchLength = LineLength + (2 * 48) + 24 + 4 + "s/a".Length + Marshal.SizeOf<LedgerCounts>();
    private static readonly Series Series = new SeriesCatalog().Get("m");
    private readonly DataFolder _data = new(null, new SpoolOptions { MaxBytes = 3000 });

    private ISpool Spool => _data.Spool.Queue;

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
    public async Task Lets_a_late_removal_take_nothing_newer()
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
        Assert.Empty(await _data.Spool.Quarantine.ListAsync(10, null, default));

        await Spool.RemoveAsync(chunk, [refused], default);
        await _data.ReopenAsync();
        Assert.Null(await Spool.PeekAsync(1000, default));
        Assert.Equal("field type conflict", Assert.Single(await _data.Spool.Quarantine.ListAsync(10, RejectReason.RefusedByStore, default)).Detail);
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

        Assert.Equal(new SpoolDepth(2, 2 * BatchLength, start), await Spool.DepthAsync(default));
        var oldest = await Spool.PeekAsync(1, default);
        Assert.Equal(start, oldest!.OldestMs);
        await Spool.RemoveAsync(oldest, [], default);
        Assert.Equal(new SpoolDepth(1, BatchLength, start + 9000), await Spool.DepthAsync(default));
    }

    [Fact]
    public async Task Refuses_what_is_over_its_limit_and_takes_it_when_there_is_room()
    {
        var number = 0;
        var error = await Assert.ThrowsAsync<StoreFullException>(async () =>
        {
            while (true)
            {
                await CommitAsync(++number);
            }
        });

        Assert.Matches("^The spool is full: [0-9]+ bytes wait for the database, the limit is 3000.", error.Message);
        Assert.Equal(number - 1, (await _data.Spool.Ledger.ReadAsync(default))["s/a"].Received);
        while (await Spool.PeekAsync(1, default) is { } chunk)
        {
            await Spool.RemoveAsync(chunk, [], default);
        }

        await CommitAsync(number);
        Assert.Equal($"{number}", await PeekAsync(10_000));
        Assert.Equal(number, (await _data.Spool.Ledger.ReadAsync(default))["s/a"].Received);
    }

    [Fact]
    public async Task Refuses_everything_while_the_oldest_has_waited_too_long()
    {
        await CommitAsync(1);
        _data.Time.Advance(TimeSpan.FromDays(31));

        var error = await Assert.ThrowsAsync<StoreFullException>(() => CommitAsync(2));

        Assert.StartsWith("The oldest row in the spool has waited for 31.0 days, the limit is 30.0.", error.Message, StringComparison.Ordinal);
        await Spool.RemoveAsync((await Spool.PeekAsync(1, default))!, [], default);
        await CommitAsync(2);
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
    public async Task Puts_rows_that_the_disk_changed_into_the_quarantine_and_goes_on()
    {
        await CommitAsync(1, 2, 3);
        await _data.CloseAsync();
        Change(" 2\n", " 7\n");
        await _data.ReopenAsync();

        Assert.Equal("1", await PeekAsync(1000));
        await Spool.RemoveAsync((await Spool.PeekAsync(1000, default))!, [], default);

        Assert.Equal("3", await PeekAsync(1000));
        var entry = Assert.Single(await _data.Spool.Quarantine.ListAsync(10, null, default));
        Assert.EndsWith(" 7\n", Encoding.UTF8.GetString(entry.Payload.Span), StringComparison.Ordinal);
        Assert.StartsWith("A record of 1 values in the spool. Bytes ", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(1, _data.Spool.Stats.Damaged);
        await Spool.RemoveAsync((await Spool.PeekAsync(1000, default))!, [], default);
        Assert.Equal(default, await Spool.DepthAsync(default));
    }

    [Fact]
    public async Task Gives_its_room_back_after_an_outage()
    {
        await using var data = new DataFolder(null, new SpoolOptions { SegmentBytes = 1000 });
        for (var i = 0; i < 100; i++)
        {
            await data.SpoolStore.CommitAsync(Batch(i), default);
        }

        Assert.InRange(data.Spool.Stats.Bytes, 100 * BatchLength, 110 * BatchLength);
        while (await data.Spool.Queue.PeekAsync(500, default) is { } chunk)
        {
            await data.Spool.Queue.RemoveAsync(chunk, [], default);
        }

        data.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.InRange(data.Spool.Stats.Bytes, 0, 1200);
        Assert.Equal(1, data.Spool.Stats.Segments);
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    private static StoreBatch Batch(int number)
    {
        var batch = new StoreBatch();
        var head = $"m||{number}|".Length;
        batch.Add(Point.OfText(Series, "", new string(' ', LineLength - head - 1 - $"{number}".Length) + number, number));
        batch.CountsOf("s/a").Received = 1;
        return batch;
    }

    private async Task CommitAsync(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            await _data.SpoolStore.CommitAsync(Batch(number), default);
        }
    }

    private void Change(string what, string to)
    {
        var path = Directory.GetFiles(Path.Combine(_data.Directory, SpoolFolder.FolderName)).First(f => File.ReadAllText(f).Contains(what, StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(what));
        Encoding.ASCII.GetBytes(to).CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(path, bytes);
    }

    private async Task<string> PeekAsync(int maxBytes)
    {
        var chunk = await Spool.PeekAsync(maxBytes, default);
        return string.Join(' ', Encoding.UTF8.GetString(chunk!.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')[3].Trim()));
    }
}
