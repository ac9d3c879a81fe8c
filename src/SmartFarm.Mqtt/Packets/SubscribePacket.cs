using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>SUBSCRIBE and UNSUBSCRIBE (MQTT 5 §3.8, §3.10): the latter has no options.</summary>
public readonly ref struct SubscribePacket
{
    private readonly ReadOnlySpan<byte> _lines;

    private SubscribePacket(PacketType type, ushort packetId, Properties properties, ReadOnlySpan<byte> lines)
    {
        Type = type;
        PacketId = packetId;
        Properties = properties;
        _lines = lines;
    }

    /// <summary>Which of the two.</summary>
    public PacketType Type { get; }

    /// <summary>Packet identifier.</summary>
    public ushort PacketId { get; }

    /// <summary>MQTT 5 properties.</summary>
    public Properties Properties { get; }

    /// <summary>The filters, at least one.</summary>
    public Subscription.Enumerator Filters => new(_lines, Type == PacketType.Subscribe);

    /// <summary>Decodes and checks.</summary>
    public static bool TryRead(in Frame frame, MqttVersion version, out SubscribePacket packet, out Fault fault)
    {
        packet = default;
        var reader = new FieldReader(frame.Body);
        var id = reader.PacketId();
        var properties = reader.Properties(version, (PropertyHome)(1 << (int)frame.Type));
        var check = reader;
        if (check.AtEnd)
        {
            check.Fail(Fault.Protocol("SUBSCRIBE or UNSUBSCRIBE names no topic filter [MQTT-3.8.3-2] [MQTT-3.10.3-2]."));
        }

        while (!check.AtEnd)
        {
            _ = Subscription.Read(ref check, frame.Type == PacketType.Subscribe, version);
        }

        fault = check.Fault;
        if (!fault.IsFault)
        {
            packet = new SubscribePacket(frame.Type, id, properties, reader.TakeRest());
        }

        return !fault.IsFault;
    }

    /// <summary>Encodes a SUBSCRIBE that asks for every filter at the same QoS.</summary>
    public static void WriteSubscribe(IBufferWriter<byte> output, MqttVersion version, ushort packetId, Properties properties, IReadOnlyList<byte[]> filters, byte qos) =>
        Write(output, version, PacketType.Subscribe, packetId, properties, filters, qos);

    /// <summary>Encodes an UNSUBSCRIBE.</summary>
    public static void WriteUnsubscribe(IBufferWriter<byte> output, MqttVersion version, ushort packetId, Properties properties, IReadOnlyList<byte[]> filters) =>
        Write(output, version, PacketType.Unsubscribe, packetId, properties, filters, options: null);

    /// <summary>Encodes as received.</summary>
    public void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var writer = new FieldWriter(output, Type, 2, 2 + FieldWriter.SizeOf(Properties, version) + _lines.Length);
        writer.UInt16(PacketId);
        writer.Properties(Properties, version);
        writer.Raw(_lines);
        writer.Done();
    }

    private static void Write(
        IBufferWriter<byte> output, MqttVersion version, PacketType type, ushort packetId, Properties properties, IReadOnlyList<byte[]> filters, byte? options)
    {
        var remaining = 2 + FieldWriter.SizeOf(properties, version);
        foreach (var filter in filters)
        {
            remaining += FieldWriter.SizeOf(filter) + (options is null ? 0 : 1);
        }

        var writer = new FieldWriter(output, type, 2, remaining);
        writer.UInt16(packetId);
        writer.Properties(properties, version);
        foreach (var filter in filters)
        {
            writer.Field(filter);
            if (options is { } value)
            {
                writer.Byte(value);
            }
        }

        writer.Done();
    }
}
