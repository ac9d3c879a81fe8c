namespace SmartFarm.Mqtt.Broker.Sessions;

/// <summary>What one session was granted for one filter.</summary>
/// <param name="Session">Who.</param>
/// <param name="Filter">Topic filter, UTF-8.</param>
/// <param name="Qos">0 or 1.</param>
/// <param name="NoLocal">Not what the session itself publishes.</param>
/// <param name="RetainAsPublished">The RETAIN flag is passed on.</param>
/// <param name="Id">Subscription identifier; 0: none.</param>
internal sealed record GrantedSubscription(BrokerSession Session, byte[] Filter, byte Qos, bool NoLocal, bool RetainAsPublished, uint Id)
{
    /// <summary>Two are the same only if they are the same object: a tree of them shall not compare filters again.</summary>
    public bool Equals(GrantedSubscription? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
