namespace SmartFarm.Mqtt.Broker;

/// <summary>
/// Settings of the embedded broker. Immutable. Every limit is a hard one, says what happens when it is reached, and is counted in
/// <see cref="MqttBrokerStatistics"/>.
/// </summary>
public sealed record MqttBrokerOptions
{
    /// <summary>User names and their passwords. When there are none, everyone may connect.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether a client without a user name may connect although <see cref="Users"/> are given.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Largest packet taken, in bytes. A client that sends a larger one is disconnected (0x95) before it is buffered.</summary>
    public int MaxPacketSize { get; init; } = 256 * 1024;

    /// <summary>Most connections at a time, with or without CONNECT. One more is closed at once.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Time a connection has for its CONNECT; after that it is closed. Checked every second, as are all times below.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time that a connection may take none of the bytes sent to it; after that it is closed, and its session goes offline.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most sessions, online and offline. One more is refused at CONNECT (0x97; 3.1.1: server unavailable).</summary>
    public int MaxSessions { get; init; } = 2000;

    /// <summary>
    /// Longest time an offline session is kept, and so the time for MQTT 3.1.1 sessions that are not clean. A longer wish of a MQTT 5
    /// client is lowered to it, and the client told.
    /// </summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Most subscriptions of a session. One more is refused in SUBACK (0x97; 3.1.1: 0x80). So are all filters of a SUBSCRIBE that alone
    /// names more. A filter named several times in one SUBSCRIBE gets its retained messages once.
    /// </summary>
    public int MaxSubscriptionsPerSession { get; init; } = 1000;

    /// <summary>Most levels of a topic or filter. A deeper filter is refused in SUBACK (0x8F), a deeper topic in PUBACK (0x90).</summary>
    public int MaxTopicLevels { get; init; } = 64;

    /// <summary>Most bytes of a topic or filter, in UTF-8. A longer one is refused as a deeper one is.</summary>
    public int MaxTopicBytes { get; init; } = 1024;

    /// <summary>
    /// Most messages of a session that are not yet sent or not yet acknowledged. When it is reached:
    /// QoS 0 is dropped.
    /// QoS 1 for an offline session: the new message is refused and the queue kept, because what was acknowledged must not be lost, and
    /// because only the sender of the new message can still be told: a MQTT 5 publisher gets 0x97 when no session at all had room. MQTT 3.1.1
    /// knows no refusal.
    /// QoS 1 for an online session: its publishers wait, see <see cref="SlowSubscriberPatience"/>.
    /// </summary>
    public int MaxQueuedMessages { get; init; } = 10_000;

    /// <summary>The same limit in bytes (topic, properties, payload and 128 more for each message).</summary>
    public long MaxQueuedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// The same limit in bytes for the queues of all sessions together; each message counts in every queue it stands in. When it is reached,
    /// nobody waits, as the subscriber that lacks room may not be the one that holds it: new messages are refused for online sessions too.
    /// </summary>
    public long MaxQueuedBytesInAll { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// How long publishers wait for room in the full queue of an online subscriber before it counts as stalled. While waiting, nothing is
    /// read from the publisher and nothing acknowledged, so nothing is lost. The wait ends when half of the queue has drained. A stalled
    /// subscriber loses new messages, counted and logged, until half of its queue has drained; nobody waits for it meanwhile.
    /// A MQTT 5 publisher gets 0x97 when, after the wait, no session at all has taken its message; MQTT 3.1.1 knows no refusal.
    /// The limit in time makes a deadlock impossible where subscribers wait for each other; a client that fills its own queue never waits
    /// for itself, as its acknowledgements come by the road that would be blocked. Keep it below the time-out of your clients (often 10 s).
    /// </summary>
    public TimeSpan SlowSubscriberPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most QoS 1 messages sent to a client and not yet acknowledged, 1..65535; a MQTT 5 client may lower it by its Receive Maximum.</summary>
    public int MaxInFlight { get; init; } = 1000;

    /// <summary>Receive Maximum announced to MQTT 5 publishers, 1..65535.</summary>
    public int ReceiveMaximum { get; init; } = 1000;

    /// <summary>Most retained messages. One for a new topic is delivered but not kept (PUBACK 0x97), and a later subscriber does not see it.</summary>
    public int MaxRetainedMessages { get; init; } = 5000;

    /// <summary>The same limit in bytes.</summary>
    public long MaxRetainedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most bytes of all wills together. A client whose will does not fit is refused at CONNECT (0x97).</summary>
    public long MaxWillBytes { get; init; } = 16 * 1024 * 1024;
}
