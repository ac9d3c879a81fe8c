using System.Buffers.Binary;
using System.Text.Unicode;

namespace SmartFarm.Mqtt.Packets;

/// <summary>
/// Reads the fields of one packet. The first thing that is wrong is kept in <see cref="Fault"/> and every later read gives nothing,
/// so that decoders read straight on and look once at the end.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public Fault Fault { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty || Fault.IsFault;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public ushort UInt16() => Take(2) is { Length: 2 } field ? BinaryPrimitives.ReadUInt16BigEndian(field) : (ushort)0;

    public uint UInt32() => Take(4) is { Length: 4 } field ? BinaryPrimitives.ReadUInt32BigEndian(field) : 0;

    public int VarInt()
    {
        var used = VariableByteInteger.Read(_rest, out var value);
        if (used <= 0)
        {
            Fail(Fault.Malformed(used == 0
                ? "A variable byte integer runs past the end of its packet."
                : "A variable byte integer is longer than it may be [MQTT-1.5.5-1]."));
            return 0;
        }

        _rest = _rest[used..];
        return value;
    }

    public ReadOnlySpan<byte> Binary() => Take(UInt16());

    public ReadOnlySpan<byte> Text()
    {
        var text = Binary();
        if (!Utf8.IsValid(text))
        {
            Fail(Fault.Malformed("A string is not well-formed UTF-8 [MQTT-1.5.4-1]."));
        }
        else if (text.Contains((byte)0))
        {
            Fail(Fault.Malformed("A string contains the null character U+0000 [MQTT-1.5.4-2]."));
        }

        return text;
    }

    public ushort PacketId()
    {
        var id = UInt16();
        if (id == 0)
        {
            Fail(Fault.Malformed("The packet identifier is zero [MQTT-2.2.1-3]."));
        }

        return id;
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (Fault.IsFault)
        {
            return default;
        }

        if (count > _rest.Length)
        {
            Fail(Fault.Malformed("A field runs past the end of its packet."));
            return default;
        }

        var field = _rest[..count];
        _rest = _rest[count..];
        return field;
    }

    public ReadOnlySpan<byte> TakeRest() => Take(_rest.Length);

    public Properties Properties(MqttVersion version, PropertyHome home)
    {
        if (version != MqttVersion.V5 || Fault.IsFault)
        {
            return default;
        }

        var length = VarInt();
        if (length == 0)
        {
            return default;
        }

        var encoded = Take(length);
        if (Fault.IsFault)
        {
            return default;
        }

        var fault = Packets.Properties.Check(encoded, home, out var properties);
        Fail(fault);
        return properties;
    }

    public void ExpectEnd()
    {
        if (!AtEnd)
        {
            Fail(Fault.Malformed("The packet is longer than its content."));
        }
    }

    public void Fail(Fault fault)
    {
        if (!Fault.IsFault && fault.IsFault)
        {
            Fault = fault;
            _rest = default;
        }
    }
}
