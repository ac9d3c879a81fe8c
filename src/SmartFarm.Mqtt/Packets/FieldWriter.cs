using System.Buffers;
using System.Buffers.Binary;

namespace SmartFarm.Mqtt.Packets;

/// <summary>Writes the fields of one packet into exactly the space that its fixed header announces.</summary>
internal ref struct FieldWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly int _size;
    private Span<byte> _rest;

    public FieldWriter(IBufferWriter<byte> output, PacketType type, int flags, int remainingLength)
    {
        if (remainingLength > VariableByteInteger.Max)
        {
            throw new ArgumentException($"A packet of {remainingLength} bytes is larger than MQTT allows.", nameof(remainingLength));
        }

        _output = output;
        _size = 1 + VariableByteInteger.Size(remainingLength) + remainingLength;
        _rest = output.GetSpan(_size)[.._size];
        Byte((byte)(((int)type << 4) | flags));
        VarInt(remainingLength);
    }

    public static int SizeOf(ReadOnlySpan<byte> field) => 2 + field.Length;

    public static int SizeOf(in Properties properties, MqttVersion version) =>
        version == MqttVersion.V5 ? VariableByteInteger.Size(properties.Bytes.Length) + properties.Bytes.Length : 0;

    public void Byte(byte value)
    {
        _rest[0] = value;
        _rest = _rest[1..];
    }

    public void UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_rest, checked((ushort)value));
        _rest = _rest[2..];
    }

    public void VarInt(int value) => _rest = _rest[VariableByteInteger.Write(_rest, value)..];

    public void Field(ReadOnlySpan<byte> bytes)
    {
        UInt16(bytes.Length);
        Raw(bytes);
    }

    public void Properties(in Properties properties, MqttVersion version)
    {
        if (version == MqttVersion.V5)
        {
            VarInt(properties.Bytes.Length);
            Raw(properties.Bytes);
        }
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }

    public readonly void Done()
    {
        System.Diagnostics.Debug.Assert(_rest.IsEmpty, "The announced length is the written length.");
        _output.Advance(_size);
    }
}
