using System.Buffers.Binary;

namespace SmartFarm.Domain.Text;

/// <summary>
/// A 64-bit hash of bytes that is the same in every process and on every machine, so that it can be kept on disk.
/// Built from 64×64→128-bit multiplications, the scheme of wyhash. Not for security.
/// </summary>
public static class Fingerprint
{
    private const ulong K0 = 0xa0761d6478bd642f;
    private const ulong K1 = 0xe7037ed1a0b428db;

    /// <summary>The hash of the bytes, continuing from <paramref name="seed"/>.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var hash = seed ^ K0;
        var length = (ulong)bytes.Length;
        while (bytes.Length >= 16)
        {
            hash = Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ K1, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ hash);
            bytes = bytes[16..];
        }

        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        bytes.CopyTo(tail);
        hash = Mix(BinaryPrimitives.ReadUInt64LittleEndian(tail) ^ K1, BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]) ^ hash);
        return Mix(hash ^ K0, length ^ K1);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
