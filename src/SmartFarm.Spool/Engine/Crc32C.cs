using System.Buffers.Binary;
using System.Numerics;

namespace SmartFarm.Spool.Engine;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): finds every flip of up to three bits, and every burst of up to 32, in a record.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of the bytes, continuing from that of what stands before them.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
