using SmartFarm.Spool.Engine;
using Xunit;

namespace SmartFarm.Tests.Spool;

public sealed class A_journal_with_a_flipped_bit
{
    private static readonly SampleJournal Sample = SampleJournal.Instance;

    [Fact]
    public void Has_two_segments_and_both_kinds_of_record()
    {
        Assert.Equal(2, Sample.Files.Count);
        Assert.Equal(5, Sample.Records.Count(r => r.Kind == RecordKind.Commit));
        Assert.Equal(4, Sample.Records.Count(r => r.Kind == RecordKind.Lines));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Loses_that_record_only_wherever_it_is(int bit)
    {
        for (var file = 0; file < Sample.Files.Count; file++)
        {
            for (var at = 0; at < Sample.Files[file].Bytes.Length; at++)
            {
                var files = Sample.Files.Select((f, i) => (f.Name, i == file ? Flipped(f.Bytes, at, bit) : f.Bytes));

                Check(file, at, SampleJournal.OpenAndDrain(files));
            }
        }
    }

    private static void Check(int file, int at, (List<int> Values, BooksInMemory Books, SmartFarm.Spool.SpoolStats Stats) found)
    {
        var hit = Sample.Records.Find(r => r.File == Sample.Files[file].Name && r.Start <= at && at < r.End);
        var rows = Enumerable.Range(1, SampleJournal.Batches).Where(b => !(hit is { Kind: RecordKind.Lines } && hit.Batch == b)).Append(9).SelectMany(SampleJournal.ValuesOf);
        var booked = Enumerable.Range(1, SampleJournal.Batches).Where(b => !(hit is { Kind: RecordKind.Commit } && hit.Batch == b)).Append(9).ToArray();

        // A damaged last batch may be one that was never acknowledged: its fingerprints are not to be trusted.
        var remembered = booked.Where(b => !(hit is not null && hit.Batch == b && b == SampleJournal.Batches));
        var where = $"byte {at} of {Sample.Files[file].Name}";
        Assert.True(rows.SequenceEqual(found.Values), $"{where}: {string.Join(' ', found.Values)}");
        Assert.True(booked.Sum(b => SampleJournal.ValuesOf(b).Length) == found.Books.Stored, $"{where}: {found.Books.Stored} stored");
        Assert.True(remembered.Select(b => (ulong)b).SequenceEqual(found.Books.Fingerprints), $"{where}: {string.Join(' ', found.Books.Fingerprints)} remembered");
        Assert.True(found.Stats.Damaged == (hit is null ? 0 : 1), $"{where}: {found.Stats.Damaged} damaged");
        Assert.True(found.Stats.Unknown == (hit is { Kind: RecordKind.Commit } ? 1 : 0), $"{where}: {found.Stats.Unknown} unknown");
        Assert.True(found.Books.Refused.Count == (hit is null ? 1 : hit is { Kind: RecordKind.Commit, Batch: 3 } ? 1 : 2), $"{where}: {found.Books.Refused.Count} refused");
    }

    private static byte[] Flipped(byte[] bytes, int at, int bit)
    {
        var changed = bytes.ToArray();
        changed[at] ^= (byte)(1 << bit);
        return changed;
    }
}
