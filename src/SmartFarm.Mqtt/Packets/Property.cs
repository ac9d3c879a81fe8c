namespace SmartFarm.Mqtt.Packets;

/// <summary>One property.</summary>
public readonly ref struct Property
{
    /// <summary>Which.</summary>
    public PropertyId Id { get; internal init; }

    /// <summary>The value of a property of one, two or four bytes or a variable byte integer; 1 for others.</summary>
    public uint Number { get; private init; }

    /// <summary>The value of a string or binary property; the name of a user property.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <summary>The value of a user property.</summary>
    public ReadOnlySpan<byte> UserValue { get; private init; }

    internal static Property Read(scoped ref FieldReader reader, PropertyType type) => type switch
    {
        PropertyType.Byte => new() { Number = reader.Byte() },
        PropertyType.UInt16 => new() { Number = reader.UInt16() },
        PropertyType.UInt32 => new() { Number = reader.UInt32() },
        PropertyType.VarInt => new() { Number = (uint)reader.VarInt() },
        PropertyType.Text => new() { Number = 1, Data = reader.Text() },
        PropertyType.Binary => new() { Number = 1, Data = reader.Binary() },
        PropertyType.TextPair => new() { Number = 1, Data = reader.Text(), UserValue = reader.Text() },
        _ => Unknown(ref reader),
    };

    private static Property Unknown(scoped ref FieldReader reader)
    {
        reader.Fail(Fault.Malformed("There is no property of such an identifier."));
        return default;
    }
}
