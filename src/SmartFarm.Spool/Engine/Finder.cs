using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>Finds records in a segment; where a header is destroyed, the next one. Not thread-safe.</summary>
internal sealed class Finder
{
    private readonly byte[] _block = new byte[64 * 1024];

    /// <summary>The payload of a record, whole; false when it does not match its checksum.</summary>
    public static bool TryReadPayload(in Found found, Span<byte> to) =>
        found.Segment.Read(to[..found.Header.Length], found.Offset + RecordHeader.Size) == found.Header.Length
        && Crc32C.Of(to[..found.Header.Length]) == found.Header.PayloadCrc;

    /// <summary>What stands at the place, which must be before the end.</summary>
    public Found Look(Segment segment, long offset, long batch)
    {
        Span<byte> head = stackalloc byte[RecordHeader.Size];
        head = head[..segment.Read(head, offset)];
        if (RecordHeader.TryRead(head, offset, out var header) && offset + RecordHeader.Size + header.Length <= segment.End)
        {
            var isCommit = header.Kind == RecordKind.Commit;
            var next = new SpoolPosition(segment.Serial, offset + RecordHeader.Size + header.Length, isCommit ? header.Batch : Math.Max(batch, header.Batch - 1));
            return new Found(isCommit ? FoundKind.Commit : FoundKind.Lines, segment, offset, next, header);
        }

        return new Found(FoundKind.Damage, segment, offset, new SpoolPosition(segment.Serial, NextHeader(segment, offset + 1), batch), default);
    }

    private long NextHeader(Segment segment, long offset)
    {
        while (segment.Read(_block, offset) is var length and >= RecordHeader.Size)
        {
            var block = _block.AsSpan(0, length);
            var at = 0;
            while (block[at..].IndexOf(RecordHeader.Magic) is var step and >= 0 && at + step + RecordHeader.Size <= length)
            {
                at += step;
                if (RecordHeader.TryRead(block[at..], offset + at, out var header) && offset + at + RecordHeader.Size + header.Length <= segment.End)
                {
                    return offset + at;
                }

                at++;
            }

            offset += length - RecordHeader.Size + 1;
        }

        return segment.End;
    }
}
