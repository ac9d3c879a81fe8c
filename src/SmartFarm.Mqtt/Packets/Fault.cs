namespace SmartFarm.Mqtt.Packets;

/// <summary>Why bytes can never become a packet. The default value means that nothing is wrong.</summary>
/// <param name="Code">The reason code to close the connection with; 0 when nothing is wrong.</param>
/// <param name="Reason">A sentence naming what was violated, with the statement of MQTT 5 where there is one.</param>
public readonly record struct Fault(byte Code, string Reason)
{
    /// <summary>Whether something is wrong.</summary>
    public bool IsFault => Code != 0;

    internal static Fault Malformed(string reason) => new(ReasonCode.MalformedPacket, reason);

    internal static Fault Protocol(string reason) => new(ReasonCode.ProtocolError, reason);
}
