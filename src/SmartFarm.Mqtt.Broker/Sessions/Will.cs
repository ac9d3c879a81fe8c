using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Routing;

namespace SmartFarm.Mqtt.Broker.Sessions;

/// <summary>What is published when a client vanishes (MQTT 5 §3.1.2.5).</summary>
/// <param name="Message">The message, without its expiry: that begins when it is published.</param>
/// <param name="Expiry">Message expiry; null: none.</param>
/// <param name="Delay">How long to wait for the client to come back.</param>
internal sealed record Will(BrokerMessage Message, TimeSpan? Expiry, TimeSpan Delay)
{
    public BrokerMessage ToMessage(TimeProvider time) => Expiry is not { } expiry ? Message
        : new BrokerMessage(Message.Topic, Message.Payload, Message.Properties) { Qos = Message.Qos, Retain = Message.Retain, ExpiresAt = time.After(expiry) };
}
