using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP, which are built alike (MQTT 5 §3.4 to §3.7).</summary>
public readonly ref struct AckPacket
{
    /// <summary>Which of the four.</summary>
    public PacketType Type { get; init; }

    /// <summary>Packet identifier of the message.</summary>
    public ushort PacketId { get; init; }

    /// <summary>The outcome; always success with MQTT 3.1.1.</summary>
    public byte ReasonCode { get; init; }

    /// <summary>MQTT 5 properties.</summary>
    public Properties Properties { get; init; }

    /// <summary>Decodes and checks.</summary>
    public static bool TryRead(in Frame frame, MqttVersion version, out AckPacket packet, out Fault fault)
    {
        var reader = new FieldReader(frame.Body);
        var id = reader.PacketId();
        var hasCode = version == MqttVersion.V5 && !reader.AtEnd;
        var code = hasCode ? reader.Byte() : Packets.ReasonCode.Success;
        if (hasCode && !Packets.ReasonCode.BelongsTo(code, frame.Type))
        {
            reader.Fail(Fault.Malformed("An acknowledgement has a reason code that is not one of its own [MQTT-3.4.2-1]."));
        }

        var properties = reader.AtEnd ? default : reader.Properties(version, (PropertyHome)(1 << (int)frame.Type));
        reader.ExpectEnd();
        fault = reader.Fault;
        packet = fault.IsFault ? default : new AckPacket { Type = frame.Type, PacketId = id, ReasonCode = code, Properties = properties };
        return !fault.IsFault;
    }

    /// <summary>Encodes, in the short forms where they say the same.</summary>
    public void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var hasProperties = version == MqttVersion.V5 && !Properties.Bytes.IsEmpty;
        var hasCode = version == MqttVersion.V5 && (ReasonCode != 0 || hasProperties);
        var remaining = 2 + (hasCode ? 1 : 0) + (hasProperties ? FieldWriter.SizeOf(Properties, version) : 0);
        var writer = new FieldWriter(output, Type, Type == PacketType.PubRel ? 2 : 0, remaining);
        writer.UInt16(PacketId);
        if (hasCode)
        {
            writer.Byte(ReasonCode);
        }

        if (hasProperties)
        {
            writer.Properties(Properties, version);
        }

        writer.Done();
    }
}
