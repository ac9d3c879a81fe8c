using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>PUBLISH: a message (MQTT 5 §3.3). A view over bytes: nothing is allocated.</summary>
public readonly ref struct PublishPacket
{
    /// <summary>Whether it may have been sent before.</summary>
    public bool Duplicate { get; init; }

    /// <summary>0, 1 or 2.</summary>
    public byte Qos { get; init; }

    /// <summary>To a server: keep it for later subscribers. From a server: it was kept.</summary>
    public bool Retain { get; init; }

    /// <summary>
    /// The topic, valid UTF-8; empty when a topic alias stands for it. Wildcards and characters that are bad style are the
    /// receiver's to judge (<see cref="Topics.IsValidName(ReadOnlySpan{byte})"/>), so that such a message can be named and put aside.
    /// </summary>
    public ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>Packet identifier; 0 at QoS 0.</summary>
    public ushort PacketId { get; init; }

    /// <summary>MQTT 5 properties. None when the packet was cut before their end.</summary>
    public Properties Properties { get; init; }

    /// <summary>The payload; its beginning only, when <see cref="OversizeBytes"/> is not zero.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Total size of the payload of a packet that was cut, with any properties that were cut off; 0 for all others.</summary>
    public long OversizeBytes { get; private init; }

    /// <summary>Decodes and checks.</summary>
    public static bool TryRead(in Frame frame, MqttVersion version, out PublishPacket packet, out Fault fault)
    {
        var reader = new FieldReader(frame.Body);
        var qos = (byte)((frame.Header >> 1) & 3);
        var topic = reader.Text();
        var id = qos == 0 ? (ushort)0 : reader.PacketId();
        var rest = reader;
        var properties = reader.Properties(version, PropertyHome.Publish);
        if (frame.IsCut && reader.Fault.IsFault)
        {
            // The cut went through the properties: what counts then is the topic, and the identifier to acknowledge.
            reader = rest;
            properties = default;
            _ = reader.TakeRest();
        }

        var payload = reader.TakeRest();
        if (qos == 3)
        {
            reader.Fail(Fault.Malformed("Both QoS bits of a PUBLISH are set [MQTT-3.3.1-4]."));
        }
        else if (topic.IsEmpty && !properties.Has(PropertyId.TopicAlias))
        {
            reader.Fail(Fault.Protocol("A PUBLISH has neither a topic nor a topic alias [MQTT-4.7.3-1]."));
        }

        fault = reader.Fault;
        packet = fault.IsFault ? default : new PublishPacket
        {
            Duplicate = (frame.Header & 8) != 0,
            Qos = qos,
            Retain = (frame.Header & 1) != 0,
            Topic = topic,
            PacketId = id,
            Properties = properties,
            Payload = payload,
            OversizeBytes = frame.IsCut ? payload.Length + (frame.Length - frame.Body.Length) : 0,
        };
        return !fault.IsFault;
    }

    /// <summary>Size on the wire, in bytes: to be compared with the receiver's Maximum Packet Size.</summary>
    public int Size(MqttVersion version)
    {
        var remaining = RemainingLength(version);
        return 1 + VariableByteInteger.Size(remaining) + remaining;
    }

    /// <summary>Encodes.</summary>
    public void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var writer = new FieldWriter(output, PacketType.Publish, (Duplicate ? 8 : 0) | (Qos << 1) | (Retain ? 1 : 0), RemainingLength(version));
        writer.Field(Topic);
        if (Qos > 0)
        {
            writer.UInt16(PacketId);
        }

        writer.Properties(Properties, version);
        writer.Raw(Payload);
        writer.Done();
    }

    private int RemainingLength(MqttVersion version) =>
        FieldWriter.SizeOf(Topic) + (Qos > 0 ? 2 : 0) + FieldWriter.SizeOf(Properties, version) + Payload.Length;
}
