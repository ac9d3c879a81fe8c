namespace SmartFarm.Mqtt.Packets;

/// <summary>One line of a SUBSCRIBE or UNSUBSCRIBE.</summary>
public readonly ref struct Subscription
{
    /// <summary>Topic filter, valid UTF-8; its wildcards are the server's to judge (<see cref="Topics.IsValidFilter(ReadOnlySpan{byte})"/>).</summary>
    public ReadOnlySpan<byte> Filter { get; init; }

    /// <summary>Largest QoS wanted, 0 to 2.</summary>
    public byte Qos { get; init; }

    /// <summary>MQTT 5: not what this client itself publishes.</summary>
    public bool NoLocal { get; init; }

    /// <summary>MQTT 5: keep the RETAIN flag as published.</summary>
    public bool RetainAsPublished { get; init; }

    /// <summary>MQTT 5: retained messages now (0), only if the subscription is new (1), or not (2).</summary>
    public byte RetainHandling { get; init; }

    internal byte Options => (byte)(Qos | (NoLocal ? 4 : 0) | (RetainAsPublished ? 8 : 0) | (RetainHandling << 4));

    internal static Subscription Read(scoped ref FieldReader reader, bool hasOptions, MqttVersion version)
    {
        var filter = reader.Text();
        var options = hasOptions ? reader.Byte() : (byte)0;
        if (filter.IsEmpty)
        {
            reader.Fail(Fault.Malformed("A topic filter is empty [MQTT-4.7.3-1]."));
        }

        if ((options & 3) == 3 || (options & (version == MqttVersion.V5 ? 0xC0 : 0xFC)) != 0)
        {
            reader.Fail(Fault.Malformed("Subscription options have reserved bits set, or QoS 3 [MQTT-3.8.3-5]."));
        }

        if (options >> 4 == 3)
        {
            reader.Fail(Fault.Protocol("Retain Handling is 3 (§3.8.3.1)."));
        }

        if ((options & 4) != 0 && filter.StartsWith("$share/"u8))
        {
            reader.Fail(Fault.Protocol("A shared subscription has No Local set [MQTT-3.8.3-4]."));
        }

        return new Subscription
        {
            Filter = filter,
            Qos = (byte)(options & 3),
            NoLocal = (options & 4) != 0,
            RetainAsPublished = (options & 8) != 0,
            RetainHandling = (byte)((options >> 4) & 3),
        };
    }

    /// <summary>Walks over the lines of a packet.</summary>
    public ref struct Enumerator
    {
        private readonly bool _hasOptions;
        private FieldReader _reader;
        private Subscription _current;

        internal Enumerator(ReadOnlySpan<byte> lines, bool hasOptions)
        {
            _reader = new FieldReader(lines);
            _hasOptions = hasOptions;
        }

        /// <summary>The line reached.</summary>
        public readonly Subscription Current => _current;

        /// <summary>Itself, so that <c>foreach</c> takes it.</summary>
        public readonly Enumerator GetEnumerator() => this;

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext()
        {
            if (_reader.AtEnd)
            {
                return false;
            }

            _current = Read(ref _reader, _hasOptions, MqttVersion.V5);
            return true;
        }
    }
}
