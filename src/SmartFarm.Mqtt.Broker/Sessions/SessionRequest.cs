using SmartFarm.Mqtt.Broker.Connections;

namespace SmartFarm.Mqtt.Broker.Sessions;

/// <summary>What a CONNECT asks for.</summary>
/// <param name="ClientId">Empty: the broker shall choose.</param>
/// <param name="CleanStart">Whether to end an earlier session first.</param>
/// <param name="Expiry">How long to keep the session while offline.</param>
/// <param name="Window">Most QoS 1 messages the client takes unacknowledged.</param>
/// <param name="Will">Its will.</param>
internal sealed record SessionRequest(string ClientId, bool CleanStart, TimeSpan Expiry, int Window, Will? Will);

/// <summary>What it got.</summary>
/// <param name="Session">The session; null when refused.</param>
/// <param name="IsPresent">Whether it was kept from before.</param>
/// <param name="Displaced">The connection that had it, to be closed.</param>
/// <param name="Refusal">Why it was refused.</param>
internal readonly record struct AttachResult(BrokerSession? Session, bool IsPresent, ClientConnection? Displaced, string? Refusal);

/// <summary>One line of a SUBSCRIBE on its way to being granted.</summary>
/// <param name="Filter">Topic filter.</param>
/// <param name="Qos">QoS asked for.</param>
/// <param name="NoLocal">As asked.</param>
/// <param name="RetainAsPublished">As asked.</param>
/// <param name="RetainHandling">0, 1 or 2.</param>
/// <param name="Id">Subscription identifier; 0: none.</param>
/// <param name="Code">Reason code for SUBACK.</param>
internal readonly record struct AskedSubscription(byte[] Filter, byte Qos, bool NoLocal, bool RetainAsPublished, byte RetainHandling, uint Id, byte Code)
{
    /// <summary>Whether retained messages are to be sent.</summary>
    public bool SendsRetained { get; init; }
}
