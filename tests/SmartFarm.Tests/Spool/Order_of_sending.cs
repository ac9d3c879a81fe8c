using SmartFarm.Spool;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Spool;

public sealed class Order_of_sending : IDisposable
{
    private readonly TempFolder _temp = new();
    private TestSpool? _spool;

    [Fact]
    public void Strict_sends_the_oldest_first_however_long_it_waited()
    {
        var spool = Open(SpoolOrder.Strict);
        Outage(spool);
        spool.Commit(5, 1);

        Assert.Equal([100, 200, 300, 400, 500], Enumerable.Range(0, 5).SelectMany(_ => spool.Take()));
    }

    [Fact]
    public void Newest_first_sends_new_rows_in_turn_with_the_backlog_after_an_outage()
    {
        var spool = Open(SpoolOrder.NewestFirst);
        Outage(spool);
        var sent = new List<int>(spool.Take());
        for (var number = 5; number <= 8; number++)
        {
            spool.Commit(number, 1);
            sent.AddRange(spool.Take());
        }

        sent.AddRange(spool.Drain(1));

        Assert.Equal([100, 500, 200, 600, 300, 700, 400, 800], sent);
        Assert.Equal(0, spool.Depth().Bytes);
    }

    [Fact]
    public void Newest_first_is_strict_while_nothing_has_waited_long()
    {
        var spool = Open(SpoolOrder.NewestFirst);
        for (var number = 1; number <= 4; number++)
        {
            spool.Commit(number, 1);
        }

        Assert.Equal([100, 200, 300, 400], Enumerable.Range(0, 4).SelectMany(_ => spool.Take()));
    }

    [Fact]
    public void A_live_lane_that_lags_itself_begins_anew_and_leaves_nothing_out()
    {
        var spool = Open(SpoolOrder.NewestFirst);
        Outage(spool);
        var sent = new List<int>(spool.Take());
        spool.Commit(5, 1);
        sent.AddRange(spool.Take());
        for (var number = 6; number <= 9; number++)
        {
            spool.Commit(number, 1);
        }

        // The database is away again: what was live is old when it comes back.
        spool.Clock.Advance(TimeSpan.FromMinutes(1));
        sent.AddRange(spool.Take());
        sent.AddRange(spool.Take());
        spool.Commit(10, 1);
        sent.AddRange(spool.Take());
        sent.AddRange(spool.Drain(1));

        Assert.Equal([100, 500, 200, 300, 1000, 400, 600, 700, 800, 900], sent);
    }

    [Fact]
    public void A_restart_sends_live_rows_again_but_leaves_none_out()
    {
        var spool = Open(SpoolOrder.NewestFirst);
        Outage(spool);
        spool.Take();
        spool.Commit(5, 1);
        Assert.Equal([500], spool.Take());
        spool.Clock.Advance(TimeSpan.FromSeconds(1));

        spool.Reopen();

        Assert.Equal([200, 300, 400, 500], spool.Drain());
    }

    [Fact]
    public void A_chunk_that_was_removed_before_takes_nothing_newer()
    {
        var spool = Open(SpoolOrder.NewestFirst);
        Outage(spool);
        spool.Take();
        spool.Commit(5, 1);
        var live = spool.Peek(1)!;
        spool.Remove(live);
        spool.Commit(6, 1);

        spool.Remove(live);

        Assert.Equal([200, 300, 400, 600], spool.Drain(1).Order());
    }

    public void Dispose()
    {
        _spool?.Dispose();
        _temp.Dispose();
    }

    private static void Outage(TestSpool spool)
    {
        for (var number = 1; number <= 4; number++)
        {
            spool.Commit(number, 1);
        }

        spool.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private TestSpool Open(SpoolOrder order) => _spool = new TestSpool(_temp.Path, new SpoolOptions { Order = order, SegmentBytes = 500 });
}
