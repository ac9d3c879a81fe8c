using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>SUBACK and UNSUBACK (MQTT 5 §3.9, §3.11).</summary>
public readonly ref struct SubAckPacket
{
    /// <summary>Which of the two.</summary>
    public PacketType Type { get; init; }

    /// <summary>Packet identifier of what is answered.</summary>
    public ushort PacketId { get; init; }

    /// <summary>MQTT 5 properties.</summary>
    public Properties Properties { get; init; }

    /// <summary>One reason code for each filter, in their order; none in an UNSUBACK of MQTT 3.1.1.</summary>
    public ReadOnlySpan<byte> Codes { get; init; }

    /// <summary>Decodes and checks.</summary>
    public static bool TryRead(in Frame frame, MqttVersion version, out SubAckPacket packet, out Fault fault)
    {
        var reader = new FieldReader(frame.Body);
        var id = reader.PacketId();
        var properties = reader.Properties(version, (PropertyHome)(1 << (int)frame.Type));
        var hasCodes = version == MqttVersion.V5 || frame.Type == PacketType.SubAck;
        var codes = hasCodes ? reader.TakeRest() : default;
        reader.ExpectEnd();
        if (hasCodes && codes.IsEmpty)
        {
            reader.Fail(Fault.Malformed("SUBACK or UNSUBACK has no reason code [MQTT-3.8.4-6] [MQTT-3.11.3-1]."));
        }

        foreach (var code in codes)
        {
            var known = version == MqttVersion.V5 ? ReasonCode.BelongsTo(code, frame.Type) : code is 0 or 1 or 2 or 0x80;
            if (!known)
            {
                reader.Fail(Fault.Malformed("SUBACK or UNSUBACK has a reason code that is not one of its own [MQTT-3.9.3-2] [MQTT-3.11.3-2]."));
            }
        }

        fault = reader.Fault;
        packet = fault.IsFault ? default : new SubAckPacket { Type = frame.Type, PacketId = id, Properties = properties, Codes = codes };
        return !fault.IsFault;
    }

    /// <summary>Encodes. With MQTT 3.1.1 every failure becomes 0x80, and UNSUBACK carries no codes.</summary>
    public void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var codes = version == MqttVersion.V311 && Type == PacketType.UnsubAck ? default : Codes;
        var writer = new FieldWriter(output, Type, 0, 2 + FieldWriter.SizeOf(Properties, version) + codes.Length);
        writer.UInt16(PacketId);
        writer.Properties(Properties, version);
        foreach (var code in codes)
        {
            writer.Byte(version == MqttVersion.V311 && code >= 0x80 ? (byte)0x80 : code);
        }

        writer.Done();
    }
}
