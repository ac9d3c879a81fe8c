using System.Buffers.Binary;

namespace SmartFarm.Spool.Engine;

/// <summary>The first bytes of a segment. Magic, version and checksum stand where they stand in every version, so that a newer one is known as such.</summary>
/// <param name="Version">Format of the segment.</param>
/// <param name="Serial">Number of the segment, also its name.</param>
/// <param name="Previous">Number of the segment before it; 0 when there was none.</param>
/// <param name="PreviousEnd">
/// Where the segment before it ends. What may stand behind was never acknowledged: a write or an fsync had failed, and its batch was written again here.
/// </param>
/// <param name="IsMoved">Whether it holds what an older version had kept elsewhere.</param>
internal readonly record struct SegmentHeader(int Version, long Serial, long Previous, long PreviousEnd, bool IsMoved)
{
    public const int Size = 64;
    public const int Newest = 1;
    private const int Covered = Size - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "SFspool\n"u8;

    public void Write(Span<byte> to)
    {
        to[..Size].Clear();
        Magic.CopyTo(to);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], IsMoved ? 1 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], Serial);
        BinaryPrimitives.WriteInt64LittleEndian(to[24..], Previous);
        BinaryPrimitives.WriteInt64LittleEndian(to[32..], PreviousEnd);
        BinaryPrimitives.WriteUInt32LittleEndian(to[Covered..], Crc32C.Of(to[..Covered]));
    }

    /// <summary>Null when it is damaged.</summary>
    public static SegmentHeader? Read(ReadOnlySpan<byte> from) =>
        from.Length >= Size && from.StartsWith(Magic) && BinaryPrimitives.ReadUInt32LittleEndian(from[Covered..]) == Crc32C.Of(from[..Covered])
            ? new SegmentHeader(
                BinaryPrimitives.ReadInt32LittleEndian(from[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(from[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(from[24..]),
                BinaryPrimitives.ReadInt64LittleEndian(from[32..]),
                (BinaryPrimitives.ReadInt32LittleEndian(from[12..]) & 1) != 0)
            : null;
}
