using System.Buffers;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Spool;

public sealed class A_commit
{
    [Fact]
    public void Allocates_nothing_per_point_or_message()
    {
        using var temp = new TempFolder();
        using var spool = new TestSpool(temp.Path);
        var store = spool.Folder.CreateStore(new FixedLines());
        var batch = TestSpool.Batch(1, 5000);
        for (var i = 0; i < 5000; i++)
        {
            batch.AddFingerprint((ulong)i);
        }

        for (var warm = 0; warm < 3; warm++)
        {
            spool.Commit(batch, store);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            var done = store.CommitAsync(batch, default);
            Assert.True(done.IsCompletedSuccessfully);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10, 0, 1000);
    }

    [Fact]
    public void Of_a_row_that_is_larger_than_a_record_is_forwarded_whole()
    {
        using var temp = new TempFolder();
        using var spool = new TestSpool(temp.Path);
        var batch = TestSpool.Batch(1, 3000);
        batch.Add(Point.OfText(new SeriesCatalog().Get("m"), "f", new string('7', 300_000), 1));
        spool.Commit(batch);

        var lengths = new List<int>();
        while (spool.Peek(1) is { } chunk)
        {
            lengths.Add(chunk.Lines.Length);
            Assert.Equal((byte)'\n', chunk.Lines.Span[^1]);
            spool.Remove(chunk);
        }

        Assert.InRange(lengths.Max(), 300_000, 380_000);
        Assert.All(lengths.SkipLast(1), length => Assert.InRange(length, 20_000, 64 * 1024));
    }

    private sealed class FixedLines : IPointEncoder
    {
        public void Encode(ReadOnlySpan<Point> points, IBufferWriter<byte> output)
        {
            foreach (var _ in points)
            {
                output.Write("telemetry,device=d100,site=s air_temperature=21.5 1800000000\n"u8);
            }
        }
    }
}
