using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Spool;

public sealed class A_failing_disk : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly FaultyDisk _disk = new();
    private readonly TestSpool _spool;

    public A_failing_disk()
    {
        _spool = new TestSpool(_temp.Path, disk: _disk);
        _spool.Commit(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Leaves_nothing_of_a_batch_whose_write_failed_half_way(bool cutsFail)
    {
        (_disk.NextWriteStopsAfter, _disk.CutsFail) = (150, cutsFail);
        var fault = Assert.Throws<StoreException>(() => _spool.Commit(2));
        Assert.Equal("The spool cannot be written: No space left on device. Make room on the disk, or check it.", fault.Message);
        _disk.CutsFail = false;

        _spool.Commit(3);
        _spool.Reopen();

        Assert.Equal([100, 101, 300, 301], _spool.Drain());
        Assert.Equal([1ul, 3ul], _spool.Books.Fingerprints);
        Assert.Equal((4, 0, 0), (_spool.Books.Stored, _spool.Folder.Stats.Damaged, _spool.Folder.Stats.Unknown));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_not_believed_after_a_failed_fsync_and_the_batch_counts_once_when_it_is_tried_again(bool cutsFail)
    {
        (_disk.NextFlushFails, _disk.CutsFail) = (true, cutsFail);
        Assert.Throws<StoreException>(() => _spool.Commit(2));
        _disk.CutsFail = false;

        _spool.Commit(2);
        Assert.Equal(2, _spool.Folder.Stats.Segments);
        _spool.Reopen();

        Assert.Equal([100, 101, 200, 201], _spool.Drain());
        Assert.Equal([1ul, 2ul], _spool.Books.Fingerprints);
        Assert.Equal((4, 0, 0), (_spool.Books.Stored, _spool.Folder.Stats.Damaged, _spool.Folder.Stats.Unknown));
    }

    [Fact]
    public void That_cannot_make_a_segment_is_told_and_tried_again()
    {
        _disk.NextFlushFails = true;
        Assert.Throws<StoreException>(() => _spool.Commit(2));
        _disk.NextFlushFails = true;
        Assert.Throws<StoreException>(() => _spool.Commit(2));

        _spool.Commit(2);
        _spool.Reopen();

        Assert.Equal([100, 101, 200, 201], _spool.Drain());
    }

    [Fact]
    public void Loses_nothing_while_the_books_cannot_be_written()
    {
        _spool.Books.Fault = new StoreFullException("No room for the books.");
        _spool.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("No room for the books.", _spool.Folder.Trouble);

        _spool.Commit(2);
        Assert.Equal([100, 101, 200, 201], _spool.Drain());
        Assert.Equal(0, _spool.Books.Stored);

        _spool.Books.Fault = null;
        _spool.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_spool.Folder.Trouble);
        Assert.Equal(4, _spool.Books.Stored);
    }

    public void Dispose()
    {
        _spool.Dispose();
        _temp.Dispose();
    }
}
