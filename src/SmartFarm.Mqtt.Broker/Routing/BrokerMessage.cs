namespace SmartFarm.Mqtt.Broker.Routing;

/// <summary>A message while the broker holds it: one copy of its bytes, shared by everyone it goes to. Immutable.</summary>
internal sealed class BrokerMessage
{
    /// <summary>What a message costs beyond its bytes: the objects around it and its place in a queue.</summary>
    private const int Overhead = 128;

    private readonly byte[] _bytes;
    private readonly int _topicLength;
    private readonly int _propertiesLength;

    /// <param name="topic">Valid topic name.</param>
    /// <param name="payload">Content.</param>
    /// <param name="properties">Encoded properties that travel with the message unchanged, without its expiry.</param>
    public BrokerMessage(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> properties)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(topic.Length + payload.Length + properties.Length);
        _topicLength = topic.Length;
        _propertiesLength = properties.Length;
        topic.CopyTo(_bytes);
        properties.CopyTo(_bytes.AsSpan(topic.Length));
        payload.CopyTo(_bytes.AsSpan(topic.Length + properties.Length));
    }

    public ReadOnlySpan<byte> Topic => _bytes.AsSpan(0, _topicLength);

    public ReadOnlySpan<byte> Properties => _bytes.AsSpan(_topicLength, _propertiesLength);

    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(_topicLength + _propertiesLength);

    /// <summary>0 or 1, as published.</summary>
    public byte Qos { get; init; }

    /// <summary>As published.</summary>
    public bool Retain { get; init; }

    /// <summary>Timestamp after which it is worth nothing; <see cref="long.MaxValue"/>: never.</summary>
    public long ExpiresAt { get; init; } = long.MaxValue;

    /// <summary>Bytes it counts for in the limits.</summary>
    public int Size => _bytes.Length + Overhead;

    public bool HasExpired(long now) => now >= ExpiresAt;

    /// <summary>Seconds of its expiry that are left, rounded up; null when it never expires [MQTT-3.3.2-6].</summary>
    public uint? SecondsLeft(long now, long frequency) =>
        ExpiresAt == long.MaxValue ? null : (uint)Math.Max(0, (ExpiresAt - now + frequency - 1) / frequency);
}
