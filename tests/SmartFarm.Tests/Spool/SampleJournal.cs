using SmartFarm.Spool;
using SmartFarm.Spool.Engine;
using SmartFarm.Testing;

namespace SmartFarm.Tests.Spool;

/// <summary>A small journal of two segments, byte for byte, with what each byte belongs to.</summary>
internal sealed class SampleJournal
{
    public const int Batches = 5;
    private static readonly Lazy<SampleJournal> Made = new(() => new SampleJournal());

    private SampleJournal()
    {
        using var temp = new TempFolder(inMemory: true);
        var spool = new TestSpool(temp.Path, new SpoolOptions { SegmentBytes = 600 });
        for (var number = 1; number <= Batches; number++)
        {
            // The third batch has no rows, the others two each.
            spool.Commit(number, number == 3 ? 0 : 2, isRefusing: number == 3);
        }

        // Left open, so that nothing is booked or deleted after.
        Files = [.. spool.Files.Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))];
        foreach (var (name, bytes) in Files)
        {
            for (var at = SegmentHeader.Size; at < bytes.Length;)
            {
                if (!RecordHeader.TryRead(bytes.AsSpan(at), at, out var header))
                {
                    throw new InvalidOperationException($"No record at {at} of {name}.");
                }

                Records.Add(new Record(name, at, at + RecordHeader.Size + header.Length, (int)header.Batch, header.Kind));
                at += RecordHeader.Size + header.Length;
            }
        }
    }

    public static SampleJournal Instance => Made.Value;

    public List<(string Name, byte[] Bytes)> Files { get; }

    public List<Record> Records { get; } = [];

    /// <summary>What opening a folder with these files gives.</summary>
    public static (List<int> Values, BooksInMemory Books, SpoolStats Stats) OpenAndDrain(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var temp = new TempFolder(inMemory: true);
        var folder = Directory.CreateDirectory(temp.File(SpoolFolder.FolderName)).FullName;
        foreach (var (name, bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }

        using var spool = new TestSpool(temp.Path);
        var values = spool.Drain();

        // What was found must hold: the next batch and the next opening see nothing odd.
        spool.Commit(9);
        spool.Reopen();
        values.AddRange(spool.Drain());
        return (values, spool.Books, spool.Folder.Stats);
    }

    public static int[] ValuesOf(int batch) => batch == 3 ? [] : [batch * 100, (batch * 100) + 1];

    internal sealed record Record(string File, int Start, int End, int Batch, RecordKind Kind);
}
