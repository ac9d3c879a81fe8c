using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Matching;
using SmartFarm.Mqtt.Broker.Routing;
using SmartFarm.Mqtt.Broker.Sessions;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>Judges PUBLISH (MQTT 5 §3.3) and routes what is in order.</summary>
internal sealed class PublishHandler(MqttBrokerOptions options, BrokerCore core, BrokerCounters counters)
{
    /// <summary>What ends the connection; nothing when the message was routed, or refused in its PUBACK.</summary>
    /// <param name="packet">The message.</param>
    /// <param name="session">Publisher.</param>
    /// <param name="scratch">A buffer to work in.</param>
    /// <param name="waits">Takes the copies the publisher has to wait for.</param>
    /// <param name="code">Reason code for PUBACK.</param>
    public Fault Handle(in PublishPacket packet, BrokerSession session, PropertyBuffer scratch, WaitList waits, out byte code)
    {
        code = ReasonCode.Success;
        var fault = Judge(packet);
        if (fault.IsFault)
        {
            return fault;
        }

        if (TopicLevels.IsOfServer(packet.Topic) || !TopicLevels.IsWithin(options, packet.Topic))
        {
            counters.Add(Counter.MessagesIn);
            counters.AddDropped(MqttDropReason.TopicRefused);
            code = ReasonCode.TopicNameInvalid;
            return default;
        }

        code = core.Publish(packet, session, scratch, waits);
        return default;
    }

    private static Fault Judge(in PublishPacket packet)
    {
        if (packet.Qos > 1)
        {
            return new Fault(ReasonCode.QosNotSupported, "A message has QoS 2, and this broker takes QoS 0 and 1 [MQTT-3.2.2-11].");
        }

        if (packet.Properties.Has(PropertyId.TopicAlias))
        {
            return new Fault(ReasonCode.TopicAliasInvalid, "A PUBLISH has a topic alias, but the Topic Alias Maximum of this broker is 0 [MQTT-3.3.2-9].");
        }

        if (packet.Properties.Has(PropertyId.SubscriptionIdentifier))
        {
            return new Fault(ReasonCode.ProtocolError, "A PUBLISH from a client has a subscription identifier [MQTT-3.3.4-6].");
        }

        if (!Packets.Topics.IsValidName(packet.Topic))
        {
            return new Fault(ReasonCode.TopicNameInvalid, "The topic of a PUBLISH has wildcards [MQTT-3.3.2-2].");
        }

        if (packet.Properties.Has(PropertyId.ResponseTopic) && !Packets.Topics.IsValidName(packet.Properties.Data(PropertyId.ResponseTopic)))
        {
            return new Fault(ReasonCode.ProtocolError, "The response topic of a PUBLISH is empty or has wildcards [MQTT-3.3.2-14].");
        }

        return default;
    }
}
