using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>CONNACK: answers CONNECT (MQTT 5 §3.2).</summary>
public readonly ref struct ConnAckPacket
{
    /// <summary>Whether the server has kept a session.</summary>
    public bool SessionPresent { get; init; }

    /// <summary>The outcome as a reason code of MQTT 5; return codes of 3.1.1 are translated.</summary>
    public byte ReasonCode { get; init; }

    /// <summary>MQTT 5 properties.</summary>
    public Properties Properties { get; init; }

    /// <summary>Decodes and checks.</summary>
    public static bool TryRead(in Frame frame, MqttVersion version, out ConnAckPacket packet, out Fault fault)
    {
        var reader = new FieldReader(frame.Body);
        var flags = reader.Byte();
        var code = Code(ref reader, version);
        var properties = reader.Properties(version, PropertyHome.ConnAck);
        reader.ExpectEnd();
        if ((flags & 0xFE) != 0)
        {
            reader.Fail(Fault.Malformed("The reserved acknowledge flags of CONNACK are set [MQTT-3.2.2-1]."));
        }
        else if (flags == 1 && code != Packets.ReasonCode.Success)
        {
            reader.Fail(Fault.Protocol("CONNACK refuses, but claims a session [MQTT-3.2.2-6]."));
        }

        fault = reader.Fault;
        packet = fault.IsFault ? default : new ConnAckPacket { SessionPresent = flags == 1, ReasonCode = code, Properties = properties };
        return !fault.IsFault;
    }

    /// <summary>Encodes.</summary>
    public void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var writer = new FieldWriter(output, PacketType.ConnAck, 0, 2 + FieldWriter.SizeOf(Properties, version));
        writer.Byte(SessionPresent ? (byte)1 : (byte)0);
        writer.Byte(version == MqttVersion.V5 ? ReasonCode : Packets.ReasonCode.ToReturnCode(ReasonCode));
        writer.Properties(Properties, version);
        writer.Done();
    }

    private static byte Code(ref FieldReader reader, MqttVersion version)
    {
        var code = reader.Byte();
        var known = version == MqttVersion.V311 ? Packets.ReasonCode.FromReturnCode(code)
            : Packets.ReasonCode.BelongsTo(code, PacketType.ConnAck) ? code : null;
        if (known is null)
        {
            reader.Fail(Fault.Malformed("CONNACK has a reason code that is not one of its own [MQTT-3.2.2-7]."));
        }

        return known ?? 0;
    }
}
