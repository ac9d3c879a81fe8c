using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Spool.Engine;
using SmartFarm.Testing;
using SmartFarm.Testing.Storage;

namespace SmartFarm.Tests.Spool;

/// <summary>A spool in a folder, with numbered batches: batch n has points n·100, n·100+1, … of one series, and counts, fingerprint and refused message n.</summary>
internal sealed class TestSpool : IDisposable
{
    private static readonly SeriesCatalog Catalog = new();
    private readonly SpoolOptions _options;
    private readonly IDisk _disk;
    private readonly ILoggerFactory _loggers;

    public TestSpool(string directory, SpoolOptions? options = null, IDisk? disk = null, BooksInMemory? books = null, TestTimeProvider? clock = null, ILoggerFactory? loggers = null)
    {
        (Directory, _options, _disk, _loggers) = (directory, options ?? new SpoolOptions(), disk ?? new QuickDisk(), loggers ?? NullLoggerFactory.Instance);
        (Books, Clock) = (books ?? new BooksInMemory(), clock ?? new TestTimeProvider());
        Open();
    }

    public string Directory { get; }

    public BooksInMemory Books { get; }

    public TestTimeProvider Clock { get; }

    public SpoolFolder Folder { get; private set; } = null!;

    public IDurableStore Store { get; private set; } = null!;

    public string[] Files => [.. System.IO.Directory.GetFiles(Path.Combine(Directory, SpoolFolder.FolderName)).Order(StringComparer.Ordinal)];

    public static StoreBatch Batch(int number, int points, bool isRefusing = false)
    {
        var batch = new StoreBatch();
        for (var i = 0; i < points; i++)
        {
            batch.Add(Point.Of(Catalog.Get("m"), "f", (number * 100) + i, (number * 100) + i));
        }

        batch.CountsOf("s/a").Stored = points;
        batch.CountsOf("s/a").Received = points;
        batch.AddFingerprint((ulong)number);
        if (isRefusing)
        {
            batch.Add(new QuarantineEntry(0, number, "t"u8.ToArray(), "p"u8.ToArray(), 1, RejectReason.BadJson, "no JSON", "s/a"));
        }

        return batch;
    }

    public void Commit(int number, int points = 2, bool isRefusing = false) => Commit(Batch(number, points, isRefusing));

    public void Commit(StoreBatch batch, IDurableStore? store = null) => (store ?? Store).CommitAsync(batch, default).AsTask().GetAwaiter().GetResult();

    public void Remove(SpoolChunk chunk) => Folder.Queue.RemoveAsync(chunk, [], default).AsTask().GetAwaiter().GetResult();

    public SpoolDepth Depth() => Folder.Queue.DepthAsync(default).AsTask().GetAwaiter().GetResult();

    /// <summary>Takes everything out, oldest first as sent: the values of the points.</summary>
    public List<int> Drain(int maxBytes = 1 << 20)
    {
        var values = new List<int>();
        while (Peek(maxBytes) is { } chunk)
        {
            values.AddRange(Values(chunk));
            Remove(chunk);
        }

        return values;
    }

    public SpoolChunk? Peek(int maxBytes = 1 << 20) => Folder.Queue.PeekAsync(maxBytes, default).AsTask().GetAwaiter().GetResult();

    public List<int> Take(int maxBytes = 1)
    {
        var chunk = Peek(maxBytes)!;
        var values = Values(chunk);
        Remove(chunk);
        return values;
    }

    public static List<int> Values(SpoolChunk chunk) =>
        [.. Encoding.UTF8.GetString(chunk.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line.Split('|')[3], CultureInfo.InvariantCulture))];

    public void Open()
    {
        Folder = SpoolFolder.Open(Directory, _options, Books, Clock, _loggers, _disk);
        Store = Folder.CreateStore(new PlainLines());
    }

    public void Reopen()
    {
        Folder.Dispose();
        Open();
    }

    public void Dispose() => Folder.Dispose();
}

/// <summary>The real disk without waiting for it.</summary>
internal sealed class QuickDisk : IDisk
{
    private readonly Disk _disk = new();

    public SafeFileHandle Open(string path, FileMode mode) => _disk.Open(path, mode);

    public int Read(SafeFileHandle file, Span<byte> to, long offset) => _disk.Read(file, to, offset);

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => _disk.Write(file, bytes, offset);

    public void Flush(SafeFileHandle file)
    {
    }

    public void Cut(SafeFileHandle file, long length) => _disk.Cut(file, length);

    public void Delete(string path) => _disk.Delete(path);

    public void Move(string from, string to) => _disk.Move(from, to);

    public void FlushNames(string directory)
    {
    }
}
