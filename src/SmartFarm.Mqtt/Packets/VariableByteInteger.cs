namespace SmartFarm.Mqtt.Packets;

/// <summary>Integers of one to four bytes, seven bits each, lowest first (MQTT 5 §1.5.5).</summary>
public static class VariableByteInteger
{
    /// <summary>Largest value that four bytes hold.</summary>
    public const int Max = 268_435_455;

    /// <summary>Bytes needed for a value of 0 to <see cref="Max"/>.</summary>
    public static int Size(int value) => value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;

    /// <summary>Reads a value from the start of the bytes.</summary>
    /// <returns>Bytes used; 0 when more bytes are needed; -1 when this can never be a value (a fifth byte, or more bytes than needed).</returns>
    public static int Read(ReadOnlySpan<byte> bytes, out int value)
    {
        value = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i >= bytes.Length)
            {
                return 0;
            }

            value |= (bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                return bytes[i] == 0 && i > 0 ? -1 : i + 1;
            }
        }

        return -1;
    }

    /// <summary>Writes a value of 0 to <see cref="Max"/> and returns the bytes used.</summary>
    public static int Write(Span<byte> target, int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Max);
        var used = 0;
        while (value >= 128)
        {
            target[used++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[used++] = (byte)value;
        return used;
    }
}
