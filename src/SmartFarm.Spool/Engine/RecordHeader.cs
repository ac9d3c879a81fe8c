using System.Buffers.Binary;

namespace SmartFarm.Spool.Engine;

/// <summary>What a record holds.</summary>
internal enum RecordKind : byte
{
    /// <summary>Encoded rows, each ended by a newline.</summary>
    Lines = 1,

    /// <summary>The end of a batch: its counts, refused messages and fingerprints.</summary>
    Commit = 2,
}

/// <summary>
/// What stands before the payload of every record, little-endian. The checksum covers the header and the place where it stands, so that bytes
/// inside a payload (a device may send anything) or bytes that the disk wrote to a wrong place are never taken for a record.
/// </summary>
/// <param name="Kind">What the payload is.</param>
/// <param name="Length">Bytes of payload.</param>
/// <param name="FromBatchStart">Bytes from the start of its batch to the start of this header.</param>
/// <param name="ToBatchEnd">Bytes from the start of this header to the end of its batch: tells a torn batch from a damaged one.</param>
/// <param name="Batch">Number of the batch, from 1, without gaps.</param>
/// <param name="CreatedMs">When the batch was written, Unix ms.</param>
/// <param name="Points">Points in the payload; in a commit, those of the batch.</param>
/// <param name="PayloadCrc">Checksum of the payload.</param>
internal readonly record struct RecordHeader(RecordKind Kind, int Length, int FromBatchStart, int ToBatchEnd, long Batch, long CreatedMs, int Points, uint PayloadCrc)
{
    public const int Size = 48;
    private const int Covered = Size - sizeof(uint);

    /// <summary>Begins every record.</summary>
    public static ReadOnlySpan<byte> Magic => "SFr1"u8;

    public void Write(Span<byte> to, long offset)
    {
        Magic.CopyTo(to);
        to[4..8].Clear();
        to[4] = (byte)Kind;
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], ToBatchEnd);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], Batch);
        BinaryPrimitives.WriteInt64LittleEndian(to[24..], CreatedMs);
        BinaryPrimitives.WriteInt32LittleEndian(to[32..], Points);
        BinaryPrimitives.WriteInt32LittleEndian(to[36..], FromBatchStart);
        BinaryPrimitives.WriteUInt32LittleEndian(to[40..], PayloadCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(to[Covered..], Checksum(to, offset));
    }

    /// <summary>Reads the header that stands at <paramref name="offset"/> of a segment; false when there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, long offset, out RecordHeader header)
    {
        header = default;
        if (from.Length < Size || !from.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(from[Covered..]) != Checksum(from, offset))
        {
            return false;
        }

        header = new RecordHeader(
            (RecordKind)from[4],
            BinaryPrimitives.ReadInt32LittleEndian(from[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[36..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[40..]));
        return header.Length >= 0 && header.ToBatchEnd >= Size + header.Length;
    }

    private static uint Checksum(ReadOnlySpan<byte> header, long offset)
    {
        Span<byte> place = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(place, offset);
        return Crc32C.Of(header[..Covered], Crc32C.Of(place));
    }
}
