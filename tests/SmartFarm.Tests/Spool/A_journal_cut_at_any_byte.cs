using SmartFarm.Spool.Engine;
using Xunit;

namespace SmartFarm.Tests.Spool;

public sealed class A_journal_cut_at_any_byte
{
    private static readonly SampleJournal Sample = SampleJournal.Instance;

    /// <summary>What a power cut leaves of the last segment: a batch is there whole, rows and counts, or not at all.</summary>
    [Fact]
    public void Keeps_every_batch_that_was_whole_and_no_half_one()
    {
        var (name, bytes) = Sample.Files[^1];
        for (var length = 0; length <= bytes.Length; length++)
        {
            var found = SampleJournal.OpenAndDrain([.. Sample.Files.SkipLast(1), (name, bytes[..length])]);

            var whole = Sample.Records.Where(r => r.Kind == RecordKind.Commit && (r.File != name || r.End <= length)).Select(r => r.Batch).Append(9).ToArray();
            Assert.True(whole.SelectMany(SampleJournal.ValuesOf).SequenceEqual(found.Values), $"{length}: {string.Join(' ', found.Values)}");
            Assert.True(whole.Select(b => (ulong)b).SequenceEqual(found.Books.Fingerprints), $"{length}: {string.Join(' ', found.Books.Fingerprints)}");
            Assert.Equal(0, found.Stats.Damaged);
        }
    }

    [Fact]
    public void Keeps_all_before_and_after_when_an_older_segment_is_cut()
    {
        var (name, bytes) = Sample.Files[0];
        for (var length = 0; length <= bytes.Length; length++)
        {
            var found = SampleJournal.OpenAndDrain([(name, bytes[..length]), .. Sample.Files.Skip(1)]);

            var records = Sample.Records.Where(r => r.File != name || r.End <= length).ToArray();
            var rows = records.Where(r => r.Kind == RecordKind.Lines).Select(r => r.Batch).Append(9).SelectMany(SampleJournal.ValuesOf);
            var booked = records.Where(r => r.Kind == RecordKind.Commit).Select(r => (ulong)r.Batch).Append(9ul);
            Assert.True(rows.SequenceEqual(found.Values), $"{length}: {string.Join(' ', found.Values)}");
            Assert.True(booked.SequenceEqual(found.Books.Fingerprints), $"{length}: {string.Join(' ', found.Books.Fingerprints)}");
        }
    }

    /// <summary>What some file systems leave: the length is there, the bytes are not.</summary>
    [Fact]
    public void Keeps_every_batch_that_was_whole_when_the_rest_is_zeros()
    {
        var (name, bytes) = Sample.Files[^1];
        for (var length = SegmentHeader.Size; length <= bytes.Length; length++)
        {
            var found = SampleJournal.OpenAndDrain([.. Sample.Files.SkipLast(1), (name, [.. bytes[..length], .. new byte[bytes.Length - length]])]);

            // A record whose last bytes are zeros anyway is whole without them.
            var whole = Sample.Records.Where(r => r.Kind == RecordKind.Commit && (r.File != name || !bytes[Math.Min(length, r.End)..r.End].Any(b => b != 0)))
                .Select(r => r.Batch).Append(9);
            Assert.Empty(whole.SelectMany(SampleJournal.ValuesOf).Except(found.Values));
            Assert.Empty(found.Values.Except(Enumerable.Range(1, 9).SelectMany(SampleJournal.ValuesOf)));
            Assert.Empty(found.Books.Fingerprints.Except(whole.Select(b => (ulong)b)));
        }
    }
}
