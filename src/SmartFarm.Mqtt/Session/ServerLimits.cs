using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>What a server has said in its CONNACK that it takes (MQTT 5 §3.2.2.3); MQTT 3.1.1 says nothing.</summary>
/// <param name="Window">Most QoS 1 messages on their way to it.</param>
/// <param name="MaxPacketSize">Largest packet, in bytes.</param>
/// <param name="MaxQos">0, 1 or 2.</param>
/// <param name="RetainAvailable">Whether it keeps messages.</param>
internal sealed record ServerLimits(int Window, long MaxPacketSize, byte MaxQos, bool RetainAvailable)
{
    /// <summary>Our own bound of the messages on their way, so that the memory and a re-send after a reconnect are bounded.</summary>
    public const int OwnWindow = 1024;

    public static ServerLimits From(in ConnAckPacket packet) => new(
        (int)Math.Min(OwnWindow, packet.Properties.Number(PropertyId.ReceiveMaximum) ?? ushort.MaxValue),
        packet.Properties.Number(PropertyId.MaximumPacketSize) ?? VariableByteInteger.Max + 5L,
        (byte)(packet.Properties.Number(PropertyId.MaximumQos) ?? 2),
        packet.Properties.Number(PropertyId.RetainAvailable) != 0);

    /// <summary>Why a message cannot be sent to this server; null when it can.</summary>
    public MqttPublishException? Refusal(in PublishPacket packet, MqttVersion version)
    {
        if (packet.Qos > MaxQos)
        {
            return new MqttPublishException($"The broker takes QoS {MaxQos} at most: publish with that QoS.", ReasonCode.QosNotSupported);
        }

        if (packet.Retain && !RetainAvailable)
        {
            return new MqttPublishException("The broker keeps no retained messages: publish without retain.", ReasonCode.RetainNotSupported);
        }

        var size = packet.Size(version);
        return size > MaxPacketSize
            ? new MqttPublishException($"The message needs a packet of {size} bytes, the broker takes {MaxPacketSize}: make it smaller.", ReasonCode.PacketTooLarge)
            : null;
    }
}
