namespace SmartFarm.Mqtt.Packets;

/// <summary>
/// The properties of one packet, as encoded bytes that were checked: each known, allowed in this packet, in range, and not given twice
/// unless it may be. Empty with MQTT 3.1.1. Reading one costs a scan over the few bytes there are, and no allocation.
/// </summary>
public readonly ref struct Properties
{
    private readonly ulong _present;

    private Properties(ReadOnlySpan<byte> bytes, ulong present)
    {
        Bytes = bytes;
        _present = present;
    }

    /// <summary>Properties to be sent, encoded by <see cref="PropertyBuffer"/> or taken from a received packet.</summary>
    public Properties(ReadOnlySpan<byte> encoded)
    {
        Bytes = encoded;
        _present = ulong.MaxValue;
    }

    /// <summary>The encoded properties, without their length.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The value of a property of one, two or four bytes or a variable byte integer; null when it is not there.</summary>
    public uint? Number(PropertyId id)
    {
        foreach (var property in this.Where(id))
        {
            return property.Number;
        }

        return null;
    }

    /// <summary>Whether the property is there.</summary>
    public bool Has(PropertyId id)
    {
        foreach (var _ in this.Where(id))
        {
            return true;
        }

        return false;
    }

    /// <summary>The value of a string or binary property; empty when it is not there.</summary>
    public ReadOnlySpan<byte> Data(PropertyId id)
    {
        foreach (var property in this.Where(id))
        {
            return property.Data;
        }

        return default;
    }

    /// <summary>All properties in the order sent.</summary>
    public Enumerator GetEnumerator() => new(Bytes, null);

    /// <summary>All properties of one kind, in the order sent.</summary>
    public Enumerator Where(PropertyId id) => new((_present & (1UL << (int)id)) == 0 ? default : Bytes, id);

    internal static Fault Check(ReadOnlySpan<byte> bytes, PropertyHome home, out Properties properties)
    {
        properties = default;
        var seen = 0UL;
        var reader = new FieldReader(bytes);
        while (!reader.AtEnd)
        {
            var id = reader.VarInt();
            var rule = PropertyRule.Of(id);
            if (rule.Type == PropertyType.Unknown)
            {
                return reader.Fault.IsFault ? reader.Fault : Fault.Malformed("There is no property of such an identifier.");
            }

            var number = Property.Read(ref reader, rule.Type).Number;
            if (reader.Fault.IsFault)
            {
                return reader.Fault;
            }

            if ((rule.Homes & home) == PropertyHome.None)
            {
                return Fault.Protocol("A property stands in a packet that it does not belong to.");
            }

            if (number < rule.Min || number > rule.Max)
            {
                return Fault.Protocol("The value of a property is out of its range.");
            }

            var repeats = id == (int)PropertyId.UserProperty || (id == (int)PropertyId.SubscriptionIdentifier && home == PropertyHome.Publish);
            if (!repeats && (seen & (1UL << id)) != 0)
            {
                return Fault.Protocol("A property is given twice that may stand once only.");
            }

            seen |= 1UL << id;
        }

        properties = new Properties(bytes, seen);
        return reader.Fault;
    }

    /// <summary>Walks over properties.</summary>
    public ref struct Enumerator
    {
        private readonly PropertyId? _only;
        private FieldReader _reader;
        private Property _current;

        internal Enumerator(ReadOnlySpan<byte> bytes, PropertyId? only)
        {
            _reader = new FieldReader(bytes);
            _only = only;
        }

        /// <summary>The property reached.</summary>
        public readonly Property Current => _current;

        /// <summary>Itself, so that <c>foreach</c> takes it.</summary>
        public readonly Enumerator GetEnumerator() => this;

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext()
        {
            while (!_reader.AtEnd)
            {
                var id = (PropertyId)_reader.VarInt();
                _current = Property.Read(ref _reader, PropertyRule.Of((int)id).Type) with { Id = id };
                if (_only is null || _only == id)
                {
                    return !_reader.Fault.IsFault;
                }
            }

            return false;
        }
    }
}
