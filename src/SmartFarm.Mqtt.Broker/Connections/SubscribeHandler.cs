using SmartFarm.Mqtt.Broker.Matching;
using SmartFarm.Mqtt.Broker.Sessions;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>Judges SUBSCRIBE and UNSUBSCRIBE (MQTT 5 §3.8.4, §3.10.4) and answers them.</summary>
internal sealed class SubscribeHandler(MqttBrokerOptions options, BrokerCore core)
{
    /// <summary>Subscribes and posts SUBACK.</summary>
    public void Subscribe(ClientConnection connection, BrokerSession session, in SubscribePacket packet)
    {
        var id = packet.Properties.Number(PropertyId.SubscriptionIdentifier) ?? 0;
        var asked = new List<AskedSubscription>();
        var isTooMuch = Count(packet) > options.MaxSubscriptionsPerSession;
        foreach (var line in packet.Filters)
        {
            if (isTooMuch)
            {
                asked.Add(default(AskedSubscription) with { Code = ReasonCode.QuotaExceeded });
                continue;
            }

            asked.Add(new AskedSubscription(line.Filter.ToArray(), line.Qos, line.NoLocal, line.RetainAsPublished, line.RetainHandling, id, Judge(line.Filter)));
        }

        var packetId = packet.PacketId;
        core.Subscribe(session, asked, lines => connection.AnswerNow(PacketType.SubAck, packetId, lines.ConvertAll(line => line.Code)));
    }

    /// <summary>Takes subscriptions away and posts UNSUBACK.</summary>
    public void Unsubscribe(ClientConnection connection, BrokerSession session, in SubscribePacket packet)
    {
        var codes = new List<byte>();
        foreach (var line in packet.Filters)
        {
            codes.Add(!Packets.Topics.IsValidFilter(line.Filter) ? ReasonCode.TopicFilterInvalid
                : core.Unsubscribe(session, line.Filter) ? ReasonCode.Success
                : ReasonCode.NoSubscriptionExisted);
        }

        connection.AnswerNow(PacketType.UnsubAck, packet.PacketId, codes);
    }

    private static int Count(in SubscribePacket packet)
    {
        var count = 0;
        foreach (var _ in packet.Filters)
        {
            count++;
        }

        return count;
    }

    private byte Judge(ReadOnlySpan<byte> filter) =>
        !Packets.Topics.IsValidFilter(filter) || !TopicLevels.IsWithin(options, filter) ? ReasonCode.TopicFilterInvalid
        : filter.StartsWith("$share/"u8) ? ReasonCode.SharedSubscriptionsNotSupported
        : ReasonCode.Success;
}
