using SmartFarm.Mqtt.Broker.Connections;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Matching;

namespace SmartFarm.Mqtt.Broker.Sessions;

/// <summary>Whether a session has a client.</summary>
internal enum SessionState
{
    /// <summary>A connection serves it.</summary>
    Online,

    /// <summary>Kept for a client that may come back.</summary>
    Offline,

    /// <summary>Gone for good.</summary>
    Ended,
}

/// <summary>What became of one copy of a message.</summary>
internal enum OfferResult
{
    Taken,
    MustWait,
    OfflineQos0,
    FullQos0,
    OfflineFull,
    SlowSubscriber,
    NoRoomInAll,
}

/// <summary>
/// What the broker keeps of one client id (MQTT 5 §4.1). Its state, subscriptions and will change only under the lock of the broker;
/// offering and acknowledging messages is thread-safe.
/// </summary>
internal sealed class BrokerSession(string clientId, OutgoingQueue queue, SubscriberPatience patience)
{
    private volatile ClientConnection? _connection;

    public string ClientId { get; } = clientId;

    public OutgoingQueue Queue { get; } = queue;

    public Dictionary<byte[], GrantedSubscription> Subscriptions { get; } = new(LevelComparer.Instance);

    public SessionState State { get; private set; } = SessionState.Offline;

    /// <summary>The connection that serves it; null unless online.</summary>
    public ClientConnection? Connection => _connection;

    /// <summary>How long it is kept while offline.</summary>
    public TimeSpan Expiry { get; set; }

    /// <summary>When an offline session ends.</summary>
    public long EndsAt { get; private set; } = long.MaxValue;

    public Will? Will { get; set; }

    /// <summary>When the will of an offline session is due.</summary>
    public long WillDueAt { get; set; } = long.MaxValue;

    /// <summary>Where the router noted this session for the message it is at.</summary>
    public (long Round, int Index) Mark { get; set; }

    public void GoOnline(ClientConnection connection, int window)
    {
        Move(SessionState.Online, connection, long.MaxValue);
        Queue.Rewind(connection, window);
    }

    public void GoOffline(long endsAt) => Move(SessionState.Offline, null, endsAt);

    /// <summary>Ends it and returns how many messages are lost with it.</summary>
    public int End()
    {
        Move(SessionState.Ended, null, long.MaxValue);
        return Queue.Close();
    }

    /// <summary>Tries to queue a message.</summary>
    /// <param name="copy">The message.</param>
    /// <param name="now">Timestamp.</param>
    /// <param name="mayWait">Whether the publisher can wait for this session.</param>
    public OfferResult Offer(in OutgoingMessage copy, long now, bool mayWait)
    {
        var connection = _connection;
        if (connection is null && copy.Qos == 0)
        {
            return OfferResult.OfflineQos0;
        }

        var added = Queue.TryAdd(copy, now);
        if (added == AddResult.Added)
        {
            _connection?.Sender.Wake(); // Who serves it now: the session may have been taken over since.
            return OfferResult.Taken;
        }

        if (copy.Qos == 0)
        {
            return OfferResult.FullQos0;
        }

        if (connection is null)
        {
            return OfferResult.OfflineFull;
        }

        if (added == AddResult.NoRoomInAll)
        {
            return OfferResult.NoRoomInAll;
        }

        if (!mayWait || patience.Flow == SubscriberFlow.Stalled)
        {
            return OfferResult.SlowSubscriber;
        }

        patience.OnFull();
        if (Queue.HasRoomFor(copy) || !ReferenceEquals(connection, _connection))
        {
            patience.OnRoom(); // It has drained or changed hands since it was found full, and nobody else might say so.
        }

        return OfferResult.MustWait;
    }

    /// <summary>Waits for room in the queue, as long as the patience of all its publishers lasts.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => patience.WaitAsync(cancellationToken);

    /// <summary>Messages have left the queue.</summary>
    public void OnProgress()
    {
        if (patience.Flow != SubscriberFlow.Flowing && Queue.HasPlentyOfRoom)
        {
            patience.OnRoom();
        }
    }

    private void Move(SessionState next, ClientConnection? connection, long endsAt)
    {
        State = next;
        _connection = connection;
        EndsAt = endsAt;
        WillDueAt = long.MaxValue;
        patience.OnRoom();
    }
}
