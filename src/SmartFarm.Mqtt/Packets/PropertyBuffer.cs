using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SmartFarm.Mqtt.Packets;

/// <summary>Encodes properties to be sent. Reused by clearing it, so that it allocates only while it grows. Not thread-safe.</summary>
public sealed class PropertyBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64);

    /// <summary>What was added, valid until the next change.</summary>
    public Properties Properties => new(_bytes.WrittenSpan);

    /// <summary>Starts again.</summary>
    public PropertyBuffer Clear()
    {
        _bytes.ResetWrittenCount();
        return this;
    }

    /// <summary>Adds a property of one, two or four bytes or a variable byte integer.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public PropertyBuffer Add(PropertyId id, uint value)
    {
        var target = _bytes.GetSpan(5);
        target[0] = (byte)id;
        var size = 1;
        switch (PropertyRule.Of((int)id).Type)
        {
            case PropertyType.Byte:
                target[1] = checked((byte)value);
                size += 1;
                break;
            case PropertyType.UInt16:
                BinaryPrimitives.WriteUInt16BigEndian(target[1..], checked((ushort)value));
                size += 2;
                break;
            case PropertyType.UInt32:
                BinaryPrimitives.WriteUInt32BigEndian(target[1..], value);
                size += 4;
                break;
            case PropertyType.VarInt:
                size += VariableByteInteger.Write(target[1..], checked((int)value));
                break;
            default:
                throw new ArgumentException($"{id} is no number.", nameof(id));
        }

        _bytes.Advance(size);
        return this;
    }

    /// <summary>Adds a binary property, or a string given as UTF-8.</summary>
    /// <exception cref="OverflowException">It is longer than 65535 bytes.</exception>
    public PropertyBuffer Add(PropertyId id, ReadOnlySpan<byte> value)
    {
        if (PropertyRule.Of((int)id).Type is not (PropertyType.Text or PropertyType.Binary))
        {
            throw new ArgumentException($"{id} is neither string nor binary.", nameof(id));
        }

        Id(id);
        Field(value);
        return this;
    }

    /// <summary>Adds a string.</summary>
    public PropertyBuffer Add(PropertyId id, string value) => Add(id, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a user property, given as UTF-8.</summary>
    public PropertyBuffer AddUser(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Id(PropertyId.UserProperty);
        Field(name);
        Field(value);
        return this;
    }

    /// <summary>Adds a copy of a received property.</summary>
    public PropertyBuffer Add(in Property property) => PropertyRule.Of((int)property.Id).Type switch
    {
        PropertyType.TextPair => AddUser(property.Data, property.UserValue),
        PropertyType.Text or PropertyType.Binary => Add(property.Id, property.Data),
        _ => Add(property.Id, property.Number),
    };

    private void Id(PropertyId id)
    {
        _bytes.GetSpan(1)[0] = (byte)id;
        _bytes.Advance(1);
    }

    private void Field(ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(2), checked((ushort)value.Length));
        _bytes.Advance(2);
        _bytes.Write(value);
    }
}
