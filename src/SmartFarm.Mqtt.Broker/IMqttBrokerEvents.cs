namespace SmartFarm.Mqtt.Broker;

/// <summary>What the broker tells its host. Register one in the services to be told. Called on connection threads: must not block or throw.</summary>
public interface IMqttBrokerEvents
{
    /// <summary>A client sent something that is no MQTT, or that breaks its rules; its connection is being dropped.</summary>
    /// <param name="clientId">Who; empty before CONNECT.</param>
    /// <param name="reason">A sentence saying what was wrong.</param>
    /// <param name="bytes">The start of the offending packet, 256 bytes at most; valid during the call only.</param>
    void OnProtocolError(string clientId, string reason, ReadOnlySpan<byte> bytes);
}
