using Microsoft.Win32.SafeHandles;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>
/// An append-only journal of batches in segments. A batch is on the disk when <see cref="Append"/> returns, and not there when it throws.
/// One writer at a time; any number of readers.
/// </summary>
internal sealed class Journal : IDisposable
{
    /// <summary>Ends the name of a segment that is not whole yet.</summary>
    public const string Unfinished = ".unfinished";

    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly long _segmentBytes;
    private readonly Lock _gate = new();
    private readonly List<Segment> _segments;
    private long _nextSerial;
    private long _lastBatch;
    private long _bytes;
    private bool _isTailSpoiled;

    /// <summary>For <see cref="Recovery"/>, which finds out what is there.</summary>
    internal Journal(IDisk disk, string directory, long segmentBytes, List<Segment> segments, long nextSerial, long lastBatch, bool isTailSpoiled)
    {
        (_disk, _directory, _segmentBytes, _segments, _nextSerial, _lastBatch) = (disk, directory, segmentBytes, segments, nextSerial, lastBatch);
        (_bytes, _isTailSpoiled) = (segments.Sum(s => s.End), isTailSpoiled);
    }

    /// <summary>Bytes that the journal takes on the disk.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Number of files.</summary>
    public int Segments
    {
        get
        {
            lock (_gate)
            {
                return _segments.Count;
            }
        }
    }

    /// <summary>The place behind the last batch.</summary>
    public SpoolPosition End
    {
        get
        {
            lock (_gate)
            {
                return _segments.Count == 0 ? new SpoolPosition(_nextSerial, SegmentHeader.Size, _lastBatch) : new SpoolPosition(_segments[^1].Serial, _segments[^1].End, _lastBatch);
            }
        }
    }

    /// <summary>The segment with this number or, when it is gone, the next one; null behind the last.</summary>
    public Segment? SegmentFrom(long serial)
    {
        lock (_gate)
        {
            foreach (var segment in _segments)
            {
                if (segment.Serial >= serial)
                {
                    return segment;
                }
            }

            return null;
        }
    }

    /// <summary>The same place, as near to the end as it can be said: the end of a segment is the beginning of the next one.</summary>
    public SpoolPosition Normal(SpoolPosition at)
    {
        lock (_gate)
        {
            for (var i = 0; i < _segments.Count; i++)
            {
                var segment = _segments[i];
                if (segment.Serial < at.Segment || (segment.Serial == at.Segment && at.Offset >= segment.End && i < _segments.Count - 1))
                {
                    continue;
                }

                return segment.Serial == at.Segment ? at with { Offset = Math.Min(at.Offset, segment.End) } : at with { Segment = segment.Serial, Offset = SegmentHeader.Size };
            }

            return _segments.Count == 0 ? at with { Segment = _nextSerial, Offset = SegmentHeader.Size } : at with { Segment = _segments[^1].Serial, Offset = _segments[^1].End };
        }
    }

    /// <summary>Bytes from a place to the end.</summary>
    public long BytesFrom(SpoolPosition at)
    {
        lock (_gate)
        {
            var bytes = 0L;
            foreach (var segment in _segments)
            {
                bytes += segment.Serial < at.Segment ? 0 : segment.End - (segment.Serial == at.Segment ? at.Offset : SegmentHeader.Size);
            }

            return bytes;
        }
    }

    /// <summary>Writes a batch with one write and one fsync.</summary>
    /// <exception cref="IOException">It is not stored; it may be tried again.</exception>
    public void Append(BatchBuilder batch, long createdMs)
    {
        var segment = Last() is { } last && !_isTailSpoiled && last.End < _segmentBytes ? last : Roll();
        var bytes = batch.Seal(segment.End, _lastBatch + 1, createdMs);
        Write(segment, bytes);
        lock (_gate)
        {
            segment.End += bytes.Length;
            _lastBatch++;
        }

        Interlocked.Add(ref _bytes, bytes.Length);
    }

    /// <summary>
    /// Writes batches to a segment of their own, which gets its name only when all of it is on the disk: after a crash all are there or none.
    /// </summary>
    public void AppendMoved(IEnumerable<(BatchBuilder Batch, long CreatedMs)> batches)
    {
        var path = Path.Combine(_directory, Segment.NameOf(_nextSerial));
        var unfinished = path + Unfinished;
        var (end, last) = ((long)SegmentHeader.Size, _lastBatch);
        using (var file = _disk.Open(unfinished, FileMode.Create))
        {
            WriteHeader(file, _nextSerial, Last(), isMoved: true);
            foreach (var (batch, createdMs) in batches)
            {
                _disk.Write(file, batch.Seal(end, ++last, createdMs), end);
                end += batch.Length;
            }

            _disk.Flush(file);
        }

        _disk.Move(unfinished, path);
        _disk.FlushNames(_directory);
        lock (_gate)
        {
            _segments.Add(new Segment(_disk, path, _nextSerial++, end));
            _lastBatch = last;
        }

        Interlocked.Add(ref _bytes, end);
    }

    /// <summary>Begins a new segment, so that the one before can be deleted when it is done with.</summary>
    public Segment Roll()
    {
        var segment = Create(_nextSerial, Last());
        lock (_gate)
        {
            _segments.Add(segment);
            _nextSerial++;
        }

        _isTailSpoiled = false;
        Interlocked.Add(ref _bytes, SegmentHeader.Size);
        return segment;
    }

    /// <summary>Deletes the segments that are wholly before both places, but never the last one.</summary>
    public void DeleteBefore(SpoolPosition applied, SpoolPosition forwarded)
    {
        while (Done(Math.Min(applied.Segment, forwarded.Segment)) is { } segment)
        {
            _disk.Delete(segment.Path);
            lock (_gate)
            {
                _segments.RemoveAt(0);
            }

            segment.Dispose();
            Interlocked.Add(ref _bytes, -segment.End);
        }
    }

    public void Dispose()
    {
        foreach (var segment in _segments)
        {
            segment.Dispose();
        }
    }

    private Segment? Last()
    {
        lock (_gate)
        {
            return _segments.Count == 0 ? null : _segments[^1];
        }
    }

    private Segment? Done(long serial)
    {
        lock (_gate)
        {
            return _segments.Count > 1 && _segments[0].Serial < serial ? _segments[0] : null;
        }
    }

    private void Write(Segment segment, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _disk.Write(segment.File, bytes, segment.End);
        }
        catch
        {
            CutTail(segment);
            throw;
        }

        try
        {
            _disk.Flush(segment.File);
        }
        catch
        {
            // After a failed fsync the kernel may have dropped the pages and called them clean (https://wiki.postgresql.org/wiki/Fsync_Errors):
            // a second fsync would lie. Nothing more is written to this segment, and the next one says where it ends.
            _isTailSpoiled = true;
            CutTail(segment);
            throw;
        }
    }

    /// <summary>What was not acknowledged goes; when even that fails, the next segment says that it does not count.</summary>
    private void CutTail(Segment segment)
    {
        try
        {
            _disk.Cut(segment.File, segment.End);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _isTailSpoiled = true;
        }
    }

    private Segment Create(long serial, Segment? before)
    {
        var path = Path.Combine(_directory, Segment.NameOf(serial));
        try
        {
            using (var file = _disk.Open(path, FileMode.CreateNew))
            {
                WriteHeader(file, serial, before, isMoved: false);
                _disk.Flush(file);
            }

            _disk.FlushNames(_directory);
            return new Segment(_disk, path, serial, SegmentHeader.Size);
        }
        catch
        {
            // The number is not used again: the name may be on the disk or not.
            _nextSerial++;
            TryDelete(path);
            throw;
        }
    }

    private void WriteHeader(SafeFileHandle file, long serial, Segment? before, bool isMoved)
    {
        Span<byte> header = stackalloc byte[SegmentHeader.Size];
        new SegmentHeader(SegmentHeader.Newest, serial, before?.Serial ?? 0, before?.End ?? 0, isMoved).Write(header);
        _disk.Write(file, header, 0);
    }

    private void TryDelete(string path)
    {
        try
        {
            _disk.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It holds no batch.
        }
    }
}
