using System.Buffers;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Sessions;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>Encodes the queued messages of one session for one connection. Used by its sender only.</summary>
internal sealed class PublishWriter(BrokerSession session, object owner, MqttVersion version, uint maxPacketSize, TimeProvider time, BrokerCounters counters)
{
    private readonly PropertyBuffer _properties = new();

    /// <summary>Writes messages until there are no more, or the client's window is full, or a batch is. Returns the bytes written.</summary>
    public int Write(IBufferWriter<byte> output, int batchBytes)
    {
        var written = 0;
        var sent = 0;
        var now = time.GetTimestamp();
        while (written < batchBytes && session.Queue.TryTake(owner, out var next))
        {
            if (!next.Duplicate && next.Copy.Message.HasExpired(now))
            {
                Drop(next, MqttDropReason.Expired);
                continue;
            }

            var packet = Encode(next, now);
            var size = packet.Size(version);
            if ((uint)size > maxPacketSize)
            {
                Drop(next, MqttDropReason.TooLargeForClient);
                continue;
            }

            packet.WriteTo(output, version);
            written += size;
            sent++;
        }

        if (sent > 0)
        {
            counters.Add(Counter.MessagesOut, sent);
            session.OnProgress();
        }

        return written;
    }

    private PublishPacket Encode(in OutgoingPublish next, long now)
    {
        var (message, ids) = (next.Copy.Message, next.Copy.SubscriptionIds);
        var properties = message.Properties;
        if (version == MqttVersion.V5 && (ids is not null || message.ExpiresAt != long.MaxValue))
        {
            _properties.Clear();
            foreach (var property in new Properties(message.Properties))
            {
                _properties.Add(property);
            }

            if (message.SecondsLeft(now, time.TimestampFrequency) is { } left)
            {
                _properties.Add(PropertyId.MessageExpiryInterval, left);
            }

            foreach (var id in ids ?? [])
            {
                _properties.Add(PropertyId.SubscriptionIdentifier, id);
            }

            properties = _properties.Properties.Bytes;
        }

        return new PublishPacket
        {
            Duplicate = next.Duplicate,
            Qos = next.Copy.Qos,
            Retain = next.Copy.Retain,
            Topic = message.Topic,
            PacketId = next.PacketId,
            Properties = new Properties(properties),
            Payload = message.Payload,
        };
    }

    private void Drop(in OutgoingPublish next, MqttDropReason reason)
    {
        session.Queue.Discard(owner, next);
        session.OnProgress();
        counters.AddDropped(reason);
    }
}
