using SmartFarm.Mqtt.Broker.Limits;

namespace SmartFarm.Mqtt.Broker.Sessions;

/// <summary>All sessions by client id, bounded in number. Not thread-safe.</summary>
internal sealed class SessionStore(MqttBrokerOptions options, TimeProvider time, BrokerCounters counters)
{
    private readonly Dictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);
    private readonly long _started = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _assigned;

    /// <summary>What all queues hold together.</summary>
    public ByteBudget QueueBytes { get; } = new(options.MaxQueuedBytesInAll);

    public int Count => _sessions.Count;

    public IEnumerable<BrokerSession> All => _sessions.Values;

    public BrokerSession? Find(string clientId) => _sessions.GetValueOrDefault(clientId);

    /// <summary>A new, offline session; null when there are too many.</summary>
    public BrokerSession? TryAdd(string clientId)
    {
        if (_sessions.Count >= options.MaxSessions)
        {
            return null;
        }

        var queue = new OutgoingQueue(options.MaxQueuedMessages, options.MaxQueuedBytes, QueueBytes, counters);
        var session = new BrokerSession(clientId, queue, new SubscriberPatience(time, options.SlowSubscriberPatience));
        _sessions.Add(clientId, session);
        return session;
    }

    public void Remove(BrokerSession session) => _sessions.Remove(session.ClientId);

    /// <summary>A client id that no session has, nor had one of an earlier run of the broker.</summary>
    public string NewClientId()
    {
        string id;
        do
        {
            id = $"auto-{_started:x}-{++_assigned}";
        }
        while (_sessions.ContainsKey(id));
        return id;
    }
}
