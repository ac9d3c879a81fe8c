using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>What recovery found.</summary>
/// <param name="Journal">The journal, ready to be read and written.</param>
/// <param name="Doubtful">
/// Number of the last batch when a record of it is damaged: it may never have been acknowledged, so its fingerprints must not be remembered,
/// or its messages would be taken for repeated ones when they come again. 0: none.
/// </param>
/// <param name="HasMoved">Whether a segment holds what an older version had kept elsewhere.</param>
internal sealed record Recovered(Journal Journal, long Doubtful, bool HasMoved);

/// <summary>
/// Finds out, unaided, what a folder holds after whatever happened to it. What was acknowledged and not destroyed is kept; a batch that was
/// being written when the power went is cut off; everything odd is told in one sentence each, and stops nothing.
/// </summary>
internal sealed partial class Recovery(IDisk disk, string directory, ILogger log)
{
    private readonly List<(Segment Segment, SegmentHeader? Header)> _found = [];

    /// <exception cref="StoreException">The folder holds a segment of a newer version, or cannot be used.</exception>
    public Recovered Run(long segmentBytes, SpoolMarks marks)
    {
        foreach (var path in Directory.GetFiles(directory).Order(StringComparer.Ordinal))
        {
            Take(path);
        }

        _found.Sort((a, b) => a.Segment.Serial.CompareTo(b.Segment.Serial));
        BoundByNext();
        NameMissing(marks);
        var segments = _found.ConvertAll(f => f.Segment);
        var nextSerial = Math.Max(segments.Count == 0 ? 0 : segments[^1].Serial, Math.Max(marks.Applied.Segment, marks.Forwarded.Segment)) + 1;
        var before = marks.Applied.Batch;
        for (var (i, found) = (segments.Count - 2, 0L); i >= 0 && found == 0; i--)
        {
            found = new Tail(disk, segments[i], 0, log).LastBatch();
            before = Math.Max(before, found);
        }

        var tail = segments.Count == 0 ? (LastBatch: before, Doubtful: 0L) : new Tail(disk, segments[^1], before, log).Settle();

        // Behind a damaged tail nothing is written: a torn record in it would reach into what follows.
        var journal = new Journal(disk, directory, segmentBytes, segments, nextSerial, tail.LastBatch, isTailSpoiled: tail.Doubtful != 0);
        return new Recovered(journal, tail.Doubtful, _found.Exists(f => f.Header is { IsMoved: true }));
    }

    private void Take(string path)
    {
        if (path.EndsWith(Journal.Unfinished, StringComparison.Ordinal))
        {
            // What it was to hold is still where it came from.
            disk.Delete(path);
            return;
        }

        if (Segment.SerialOf(path) is not { } serial)
        {
            Log.Foreign(log, path);
            return;
        }

        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        var (read, length) = ReadHead(path, bytes);
        var header = SegmentHeader.Read(bytes[..read]);
        if (header is { Version: > SegmentHeader.Newest })
        {
            throw new StoreException(
                $"'{path}' has format {header.Value.Version}, written by a newer SmartFarm; this one knows up to {SegmentHeader.Newest}. Run the newer version, or another data folder.");
        }

        if (length <= SegmentHeader.Size && header is null)
        {
            Log.Empty(log, path);
            disk.Delete(path);
            return;
        }

        if (header is null)
        {
            Log.HeaderDamaged(log, path);
        }
        else if (header.Value.Serial != serial)
        {
            (path, serial) = NameBack(path, header.Value.Serial);
        }

        _found.Add((new Segment(disk, path, serial, length), header));
    }

    private (int Read, long Length) ReadHead(string path, Span<byte> to)
    {
        using var file = disk.Open(path, FileMode.Open);
        return (disk.Read(file, to, 0), RandomAccess.GetLength(file));
    }

    private (string Path, long Serial) NameBack(string path, long serial)
    {
        var right = Path.Combine(directory, Segment.NameOf(serial));
        if (File.Exists(right))
        {
            Log.Twice(log, path, serial);
            return (path, Segment.SerialOf(path)!.Value);
        }

        Log.Renamed(log, path, serial);
        disk.Move(path, right);
        disk.FlushNames(directory);
        return (right, serial);
    }

    /// <summary>Each segment says where the one before it ends: less is a loss, more was never acknowledged.</summary>
    private void BoundByNext()
    {
        for (var i = 1; i < _found.Count; i++)
        {
            var before = _found[i - 1].Segment;
            if (_found[i].Header is { } header && header.Previous == before.Serial)
            {
                if (before.End < header.PreviousEnd)
                {
                    Log.Truncated(log, before.Path, header.PreviousEnd - before.End);
                }

                before.End = Math.Min(before.End, header.PreviousEnd);
            }
        }
    }

    private void NameMissing(SpoolMarks marks)
    {
        var done = Math.Min(marks.Applied.Segment, marks.Forwarded.Segment);
        var present = _found.Select(f => f.Segment.Serial).ToHashSet();
        foreach (var previous in _found.Select(f => f.Header?.Previous ?? 0).Append(done))
        {
            if (previous > 0 && previous >= done && !present.Contains(previous))
            {
                Log.Missing(log, Path.Combine(directory, Segment.NameOf(previous)));
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "'{Path}' is no segment of the spool and is left alone: move it away.")]
        public static partial void Foreign(ILogger logger, string path);

        [LoggerMessage(2, LogLevel.Warning, "'{Path}' ended before anything was stored in it, and is gone.")]
        public static partial void Empty(ILogger logger, string path);

        [LoggerMessage(3, LogLevel.Error, "The header of '{Path}' was changed by the disk; what follows it is read all the same. Check the disk.")]
        public static partial void HeaderDamaged(ILogger logger, string path);

        [LoggerMessage(4, LogLevel.Warning, "'{Path}' is segment {Serial} of the spool under a wrong name: it gets its own back.")]
        public static partial void Renamed(ILogger logger, string path, long serial);

        [LoggerMessage(5, LogLevel.Warning, "'{Path}' is segment {Serial} of the spool, which is there a second time: both are read. What is in both is sent twice, which changes nothing in the database, and counted twice.")]
        public static partial void Twice(ILogger logger, string path, long serial);

        [LoggerMessage(6, LogLevel.Error, "'{Path}' has lost its last {Bytes} bytes, and the readings in them. Check the disk.")]
        public static partial void Truncated(ILogger logger, string path, long bytes);

        [LoggerMessage(7, LogLevel.Error, "'{Path}' is missing: the readings in it that waited for the database are lost. Only SmartFarm may delete files of the spool.")]
        public static partial void Missing(ILogger logger, string path);
    }
}
