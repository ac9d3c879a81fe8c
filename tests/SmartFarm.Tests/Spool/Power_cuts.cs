using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Spool;

/// <summary>
/// Any sequence of commits, forwarding, booking, failing calls and power cuts at any call of the disk: what was acknowledged is forwarded and
/// counted once; what was not is there whole or not at all, and is counted exactly when its fingerprint may be remembered.
/// </summary>
public sealed class Power_cuts
{
    private static readonly Gen<Step> Steps = Gen.Frequency(
        (8, from points in Gen.Choose(0, 3) select new Step(What.Commit, points)),
        (2, from bytes in Gen.Choose(1, 60) select new Step(What.Forward, bytes)),
        (2, Gen.Constant(new Step(What.Second, 0))),
        (1, from bytes in Gen.Choose(0, 300) select new Step(What.ShortWrite, bytes)),
        (1, Gen.Constant(new Step(What.FailedFlush, 0))),
        (3, from calls in Gen.Choose(0, 9) select new Step(What.PowerCut, calls)));

    private enum What
    {
        Commit,
        Forward,
        Second,
        ShortWrite,
        FailedFlush,
        PowerCut,
    }

    [Fact]
    public void Lose_nothing_that_was_acknowledged_and_count_nothing_twice()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(150);
        Prop.ForAll(Steps.ListOf().ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (steps, seed) => Run([.. steps, .. steps], new Random(seed))).Check(config);
    }

    private static void Run(Step[] steps, Random random)
    {
        using var temp = new TempFolder();
        var disk = new FaultyDisk();
        var spool = new TestSpool(temp.Path, new SpoolOptions { SegmentBytes = 700 }, disk);
        var (number, acknowledged, doubtful, sent) = (0, new Dictionary<int, int>(), new Dictionary<int, int>(), new HashSet<int>());
        foreach (var (what, size) in steps)
        {
            switch (what)
            {
                case What.Commit:
                    (TryCommit(++number, size) ? acknowledged : doubtful).Add(number, size);
                    break;
                case What.Forward when disk.HasPower && spool.Peek(size) is { } chunk:
                    sent.UnionWith(TestSpool.Values(chunk));
                    spool.Remove(chunk);
                    break;
                case What.Second:
                    spool.Clock.Advance(TimeSpan.FromSeconds(1));
                    break;
                case What.ShortWrite:
                    disk.NextWriteStopsAfter = size;
                    break;
                case What.FailedFlush:
                    disk.NextFlushFails = true;
                    break;
                case What.PowerCut:
                    CutAfter(size);
                    break;
            }
        }

        CutAfter(0);
        sent.UnionWith(spool.Drain());
        spool.Clock.Advance(TimeSpan.FromSeconds(1));
        Check();
        spool.Dispose();

        bool TryCommit(int batch, int points)
        {
            try
            {
                spool.Commit(batch, points);
                return true;
            }
            catch (StoreException)
            {
                return false;
            }
        }

        void CutAfter(int calls)
        {
            disk.CallsLeft = calls;
            while (calls > 0 && disk.HasPower)
            {
                (TryCommit(++number, 1) ? acknowledged : doubtful).Add(number, 1);
            }

            disk.CallsLeft = 0;
            spool.Folder.Abandon();
            disk.NextFlushFails = false;
            disk.NextWriteStopsAfter = null;
            disk.CutPower(Path.Combine(temp.Path, SpoolFolder.FolderName), random);
            spool.Open();
        }

        void Check()
        {
            var remembered = spool.Books.Fingerprints;
            Assert.Equal(remembered.Distinct(), remembered);
            Assert.Empty(acknowledged.Keys.Except(remembered.Select(f => (int)f)));
            Assert.Empty(acknowledged.SelectMany(b => ValuesOf(b.Key, b.Value)).Except(sent));
            Assert.Empty(sent.Except(acknowledged.Concat(doubtful).SelectMany(b => ValuesOf(b.Key, b.Value))));

            // Of what was not acknowledged, what is remembered as seen must be there: its second copy is dropped.
            Assert.Empty(doubtful.Where(b => remembered.Contains((ulong)b.Key)).SelectMany(b => ValuesOf(b.Key, b.Value)).Except(sent));
        }
    }

    private static IEnumerable<int> ValuesOf(int batch, int points) => Enumerable.Range(0, points).Select(i => (batch * 100) + i);

    private sealed record Step(What What, int Size);
}
