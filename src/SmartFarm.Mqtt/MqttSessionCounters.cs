namespace SmartFarm.Mqtt;

/// <summary>What a session has counted since it was made. Reading is thread-safe.</summary>
public sealed class MqttSessionCounters
{
    private long _connections, _received, _oversized, _receiverFaults, _protocolErrors, _unexpected, _published, _sessionsLost;

    /// <summary>Connections that became ready.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Messages handed to the receiver.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Of these, larger than kept: their beginning only.</summary>
    public long Oversized => Volatile.Read(ref _oversized);

    /// <summary>Exceptions thrown by the receiver.</summary>
    public long ReceiverFaults => Volatile.Read(ref _receiverFaults);

    /// <summary>Connections dropped because the broker broke the protocol.</summary>
    public long ProtocolErrors => Volatile.Read(ref _protocolErrors);

    /// <summary>Acknowledgements of the broker for what was not asked; ignored.</summary>
    public long Unexpected => Volatile.Read(ref _unexpected);

    /// <summary>Messages published: sent at QoS 0, acknowledged at QoS 1.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>Times the broker had forgotten our session.</summary>
    public long SessionsLost => Volatile.Read(ref _sessionsLost);

    internal void CountConnection() => Interlocked.Increment(ref _connections);

    internal void CountReceived(bool oversized)
    {
        Interlocked.Increment(ref _received);
        if (oversized)
        {
            Interlocked.Increment(ref _oversized);
        }
    }

    internal void CountReceiverFault() => Interlocked.Increment(ref _receiverFaults);

    internal void CountProtocolError() => Interlocked.Increment(ref _protocolErrors);

    internal void CountUnexpected() => Interlocked.Increment(ref _unexpected);

    internal void CountPublished() => Interlocked.Increment(ref _published);

    internal void CountSessionLost() => Interlocked.Increment(ref _sessionsLost);
}
