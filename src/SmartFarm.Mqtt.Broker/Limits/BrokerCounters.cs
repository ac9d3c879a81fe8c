namespace SmartFarm.Mqtt.Broker.Limits;

/// <summary>Counts what the broker does. Thread-safe.</summary>
internal sealed class BrokerCounters
{
    private static readonly MqttDropReason[] s_reasons = Enum.GetValues<MqttDropReason>();
    private readonly long[] _values = new long[Enum.GetValues<Counter>().Length];
    private readonly long[] _dropped = new long[s_reasons.Length];

    public long this[Counter counter] => Volatile.Read(ref _values[(int)counter]);

    public IReadOnlyDictionary<MqttDropReason, long> Dropped => s_reasons.ToDictionary(reason => reason, reason => Volatile.Read(ref _dropped[(int)reason]));

    public void Add(Counter counter, long count = 1) => Interlocked.Add(ref _values[(int)counter], count);

    public void AddDropped(MqttDropReason reason, long count = 1) => Interlocked.Add(ref _dropped[(int)reason], count);
}

/// <summary>What is counted; described at <see cref="MqttBrokerStatistics"/>.</summary>
internal enum Counter
{
    ConnectionsOpened,
    ConnectionsOverLimit,
    ConnectsRefused,
    ConnectTimeouts,
    KeepAliveTimeouts,
    SendTimeouts,
    TakeOvers,
    ProtocolErrors,
    SessionsExpired,
    MessagesIn,
    MessagesOut,
    WillsPublished,
    PublisherWaits,
    InternalErrors,
}
