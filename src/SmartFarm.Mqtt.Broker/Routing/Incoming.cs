using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Routing;

/// <summary>From the client's packet to the broker's message.</summary>
internal static class Incoming
{
    /// <summary>Copies what has to be kept. Properties travel on unchanged and in order (MQTT 5 §3.3.2.3), but for the expiry, which runs.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="time">Clock of the expiry.</param>
    /// <param name="scratch">A buffer to work in.</param>
    public static BrokerMessage ToMessage(this in PublishPacket packet, TimeProvider time, PropertyBuffer scratch)
    {
        var expiry = Seconds(packet.Properties.Number(PropertyId.MessageExpiryInterval));
        return new BrokerMessage(packet.Topic, packet.Payload, Travelling(packet.Properties, scratch))
        {
            Qos = packet.Qos,
            Retain = packet.Retain,
            ExpiresAt = expiry is { } wait ? time.After(wait) : long.MaxValue,
        };
    }

    /// <summary>The encoded properties that a subscriber shall see.</summary>
    public static ReadOnlySpan<byte> Travelling(Properties properties, PropertyBuffer scratch)
    {
        if (!properties.Has(PropertyId.MessageExpiryInterval) && !properties.Has(PropertyId.WillDelayInterval))
        {
            return properties.Bytes;
        }

        scratch.Clear();
        foreach (var property in properties)
        {
            if (property.Id is not (PropertyId.MessageExpiryInterval or PropertyId.WillDelayInterval))
            {
                scratch.Add(property);
            }
        }

        return scratch.Properties.Bytes;
    }

    public static TimeSpan? Seconds(uint? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
