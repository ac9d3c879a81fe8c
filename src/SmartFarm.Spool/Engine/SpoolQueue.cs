using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>
/// The rows that wait, for the forwarder. A record that does not match its checksum is never handed out: its bytes go to the quarantine, it is
/// counted, and the rest goes on.
/// </summary>
internal sealed partial class SpoolQueue(Journal journal, Bookkeeper books, SpoolOptions options, TimeProvider clock, ILogger log) : ISpool
{
    private readonly Lock _lock = new();
    private readonly Walker _walker = new(journal);
    private readonly Lanes _lanes = new(journal, options.Order, books.Marks.Forwarded);
    private TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _lines = [];
    private (SpoolPosition At, long? Ms) _oldest;

    /// <summary>Everything before is in the database.</summary>
    public SpoolPosition Forwarded
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Backlog;
            }
        }
    }

    /// <summary>When the oldest that waits was stored, Unix ms; null when nothing waits.</summary>
    public long? OldestMs
    {
        get
        {
            lock (_lock)
            {
                var at = _lanes.Backlog;
                if (_oldest.At != at || _oldest.Ms is null)
                {
                    var isThere = _walker.TryNext(at, out var found);
                    while (isThere && found.Kind == FoundKind.Damage)
                    {
                        isThere = _walker.TryNext(found.Next, out found);
                    }

                    _oldest = (at, isThere ? found.Header.CreatedMs : null);
                }

                return _oldest.Ms;
            }
        }
    }

    public ValueTask<SpoolDepth> DepthAsync(CancellationToken cancellationToken)
    {
        var at = Forwarded;
        var bytes = journal.BytesFrom(at);
        return new(bytes == 0 ? default : new SpoolDepth(Math.Max(1, journal.End.Batch - at.Batch), bytes, OldestMs));
    }

    public ValueTask<SpoolChunk?> PeekAsync(int maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            while (true)
            {
                _lanes.Turn();
                var chunk = Read(_lanes.Next, _lanes.Limit, maxBytes);
                if (chunk is not null && (!IsOld(chunk) || !_lanes.Lag()))
                {
                    return new(chunk);
                }

                if (chunk is null && !_lanes.Backlog.IsBefore(journal.End))
                {
                    return new((SpoolChunk?)null);
                }
            }
        }
    }

    public ValueTask RemoveAsync(SpoolChunk chunk, IReadOnlyList<QuarantineEntry> refused, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (refused.Count > 0)
            {
                books.SetAside(refused, chunk.Start == _lanes.Backlog ? chunk.End : _lanes.Backlog);
            }

            _lanes.Passed(chunk.Start, chunk.End);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before looking, so that a commit in between is not missed.
            var next = Volatile.Read(ref _committed).Task;
            if (Forwarded.IsBefore(journal.End))
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Says that there is something new.</summary>
    public void Signal() => Interlocked.Exchange(ref _committed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private bool IsOld(SpoolChunk chunk) => clock.GetUtcNow().ToUnixTimeMilliseconds() - chunk.OldestMs > options.LiveWithin.TotalMilliseconds;

    /// <summary>The next rows from a place on; when there are none up to the limit or the end, goes there.</summary>
    private SpoolChunk? Read(SpoolPosition start, SpoolPosition? limit, int maxBytes)
    {
        var (at, length, oldestMs) = (start, 0, 0L);
        while (_walker.TryNext(at, out var found) && limit?.IsBefore(found.Next) != true)
        {
            if (found.Kind == FoundKind.Lines)
            {
                var payload = found.Header.Length;
                if (length > 0 && length + payload > maxBytes)
                {
                    return Chunk();
                }

                MakeRoom(length, payload, maxBytes);
                if (Finder.TryReadPayload(found, _lines.AsSpan(length)))
                {
                    oldestMs = length == 0 ? found.Header.CreatedMs : oldestMs;
                    length += payload;
                }
                else if (length > 0)
                {
                    return Chunk();
                }
                else
                {
                    SetAside(found, start);
                    start = found.Next;
                }
            }

            at = found.Next;
        }

        if (length > 0)
        {
            return Chunk();
        }

        // Bytes without a header may reach beyond the limit.
        _lanes.Passed(start, limit ?? journal.Normal(at));
        return null;

        SpoolChunk Chunk() => new(start, at, _lines.AsMemory(0, length), oldestMs);
    }

    private void MakeRoom(int length, int payload, int maxBytes)
    {
        if (_lines.Length - length < payload)
        {
            Array.Resize(ref _lines, Math.Max(length + payload, Math.Min(maxBytes, Math.Max(_lines.Length * 2, BatchBuilder.WorthOneRecord))));
        }
    }

    private void SetAside(in Found found, SpoolPosition start)
    {
        var entries = books.Entries(found, $"A record of {found.Header.Points} values in the spool.");
        books.SetAside(entries, start == _lanes.Backlog ? found.Next : _lanes.Backlog, damaged: 1);
        _lanes.Passed(start, found.Next);
        Log.Damaged(log, found.Header.Points, found.Offset, found.Segment.Path);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Points} values in the spool, at byte {Offset} of '{Path}', were changed by the disk: they are in the quarantine, the rest goes on. Check the disk.")]
        public static partial void Damaged(ILogger logger, int points, long offset, string path);
    }
}
