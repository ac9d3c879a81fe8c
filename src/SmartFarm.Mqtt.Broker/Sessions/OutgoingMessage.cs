using SmartFarm.Mqtt.Broker.Routing;

namespace SmartFarm.Mqtt.Broker.Sessions;

/// <summary>One message on its way to one session.</summary>
/// <param name="Message">The shared message.</param>
/// <param name="Qos">Lower of what was published and what was granted.</param>
/// <param name="Retain">The RETAIN flag that this subscriber sees.</param>
/// <param name="SubscriptionIds">Identifiers of the subscriptions that matched; null when none has one.</param>
internal readonly record struct OutgoingMessage(BrokerMessage Message, byte Qos, bool Retain, uint[]? SubscriptionIds);

/// <summary>What a connection shall write next.</summary>
/// <param name="Copy">The message.</param>
/// <param name="PacketId">0 at QoS 0.</param>
/// <param name="Duplicate">Whether an earlier connection may have written it.</param>
internal readonly record struct OutgoingPublish(OutgoingMessage Copy, ushort PacketId, bool Duplicate);
