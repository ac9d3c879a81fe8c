using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>DISCONNECT and AUTH, which are built alike (MQTT 5 §3.14, §3.15).</summary>
public readonly ref struct DisconnectPacket
{
    /// <summary>Which of the two.</summary>
    public PacketType Type { get; init; }

    /// <summary>Why.</summary>
    public byte ReasonCode { get; init; }

    /// <summary>MQTT 5 properties.</summary>
    public Properties Properties { get; init; }

    /// <summary>Decodes and checks.</summary>
    public static bool TryRead(in Frame frame, MqttVersion version, out DisconnectPacket packet, out Fault fault)
    {
        var reader = new FieldReader(frame.Body);
        var hasCode = version == MqttVersion.V5 && !reader.AtEnd;
        var code = hasCode ? reader.Byte() : Packets.ReasonCode.Success;
        var properties = reader.AtEnd ? default : reader.Properties(version, (PropertyHome)(1 << (int)frame.Type));
        reader.ExpectEnd();
        if (version == MqttVersion.V311 && frame.Type == PacketType.Auth)
        {
            reader.Fail(Fault.Malformed("MQTT 3.1.1 has no packet type 15."));
        }

        if (!Packets.ReasonCode.BelongsTo(code, frame.Type))
        {
            reader.Fail(Fault.Malformed("DISCONNECT or AUTH has a reason code that is not one of its own [MQTT-3.14.2-1] [MQTT-3.15.2-1]."));
        }

        fault = reader.Fault;
        packet = fault.IsFault ? default : new DisconnectPacket { Type = frame.Type, ReasonCode = code, Properties = properties };
        return !fault.IsFault;
    }

    /// <summary>Encodes, in the short forms where they say the same.</summary>
    public void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var hasProperties = version == MqttVersion.V5 && !Properties.Bytes.IsEmpty;
        var hasCode = version == MqttVersion.V5 && (ReasonCode != 0 || hasProperties);
        var writer = new FieldWriter(output, Type, 0, (hasCode ? 1 : 0) + (hasProperties ? FieldWriter.SizeOf(Properties, version) : 0));
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
