using Microsoft.Extensions.Logging;

namespace SmartFarm.Spool.Engine;

/// <summary>
/// Decides where the last segment ends. Bytes behind its last commit record are either a batch that was being written when the power went,
/// and are cut off, or a whole batch of which the disk destroyed something, and are kept: each record says how long its batch was to be.
/// </summary>
/// <param name="before">Number of the last batch before the segment.</param>
internal sealed partial class Tail(IDisk disk, Segment segment, long before, ILogger log)
{
    private readonly Finder _finder = new();

    /// <summary>Cuts what is torn.</summary>
    public (long LastBatch, long Doubtful) Settle()
    {
        var (start, end, batch) = Walk();
        if (end < segment.End)
        {
            if (IsTorn(end))
            {
                Log.Torn(log, segment.End - end, segment.Path);
                segment.End = end;
                disk.Cut(segment.File, end);
            }
            else
            {
                // Of a batch without a single header left nobody knows the number; it had the next one.
                (start, end, batch) = (end, segment.End, batch + 1);
            }
        }

        // A process killed before its fsync leaves what only the memory of the computer has; from here on it counts as stored.
        disk.Flush(segment.File);
        return (batch, HasDamage(start, end) ? batch : 0);
    }

    /// <summary>Number of the last batch up to its end.</summary>
    public long LastBatch() => Walk().Batch;

    /// <summary>Where the last batch that was written to its end starts and ends, and its number.</summary>
    private (long Start, long End, long Batch) Walk()
    {
        var (start, end, batch) = ((long)SegmentHeader.Size, (long)SegmentHeader.Size, before);
        for (long at = SegmentHeader.Size; at < segment.End;)
        {
            var found = _finder.Look(segment, at, 0);
            at = found.Next.Offset;
            if (found.Kind == FoundKind.Damage)
            {
                continue;
            }

            var batchEnd = found.Offset + found.Header.ToBatchEnd;
            if (batchEnd <= segment.End)
            {
                (start, end, batch) = (found.Offset - found.Header.FromBatchStart, batchEnd, Math.Max(batch, found.Header.Batch));
            }
        }

        return (start, end, batch);
    }

    /// <summary>
    /// What is behind the last end is torn when it begins with the header of a longer batch, is shorter than a header, or is nothing but
    /// zeros, which a file system leaves where a write did not get to.
    /// </summary>
    private bool IsTorn(long from)
    {
        Span<byte> bytes = stackalloc byte[RecordHeader.Size];
        bytes = bytes[..segment.Read(bytes, from)];
        return bytes.Length < RecordHeader.Size || RecordHeader.TryRead(bytes, from, out _) || IsZero(from);
    }

    private bool IsZero(long from)
    {
        var block = new byte[4096];
        while (segment.Read(block, from) is var read and > 0)
        {
            if (block.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                return false;
            }

            from += read;
        }

        return true;
    }

    private bool HasDamage(long start, long end)
    {
        var payload = Array.Empty<byte>();
        for (var at = start; at < end;)
        {
            var found = _finder.Look(segment, at, 0);
            if (found.Kind == FoundKind.Damage)
            {
                return true;
            }

            payload = payload.Length < found.Header.Length ? new byte[found.Header.Length] : payload;
            if (!Finder.TryReadPayload(found, payload))
            {
                return true;
            }

            at = found.Next.Offset;
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The last {Bytes} bytes of '{Path}' are a batch that was not written to its end, and never acknowledged: cut off; the broker sends it again.")]
        public static partial void Torn(ILogger logger, long bytes, string path);
    }
}
