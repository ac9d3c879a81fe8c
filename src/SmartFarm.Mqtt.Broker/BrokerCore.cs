using SmartFarm.Mqtt.Broker.Connections;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Matching;
using SmartFarm.Mqtt.Broker.Routing;
using SmartFarm.Mqtt.Broker.Sessions;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker;

/// <summary>
/// Sessions, subscriptions, retained messages and wills, and the one lock around them. Nothing is awaited and nothing is sent under the
/// lock: messages go to queues, and connections to be closed are handed back. Lock order: this lock, then those of queues and senders.
/// </summary>
internal sealed class BrokerCore
{
    private readonly Lock _lock = new();
    private readonly SubscriptionTree<GrantedSubscription> _subscriptions = new();
    private readonly MqttBrokerOptions _options;
    private readonly TimeProvider _time;
    private readonly BrokerCounters _counters;
    private readonly DropReport _drops;
    private readonly RetainedStore _retained;
    private readonly SessionStore _sessions;
    private readonly Router _router;
    private readonly WillKeeper _wills;
    private readonly List<BrokerMessage> _found = [];

    public BrokerCore(MqttBrokerOptions options, TimeProvider time, BrokerCounters counters, DropReport drops)
    {
        (_options, _time, _counters, _drops) = (options, time, counters, drops);
        _retained = new RetainedStore(options.MaxRetainedMessages, options.MaxRetainedBytes);
        _sessions = new SessionStore(options, time, counters);
        _router = new Router(_subscriptions, _retained, time, drops);
        _wills = new WillKeeper(options.MaxWillBytes, _router, time, counters);
    }

    /// <summary>Fills in what the broker holds now.</summary>
    public MqttBrokerStatistics Describe(MqttBrokerStatistics statistics)
    {
        lock (_lock)
        {
            return statistics with
            {
                Sessions = _sessions.Count,
                Subscriptions = _subscriptions.Count,
                RetainedMessages = _retained.Count,
                RetainedBytes = _retained.Bytes,
                QueuedBytes = _sessions.QueueBytes.Used,
            };
        }
    }

    /// <summary>Gives a connection its session: a kept one or a new one (MQTT 5 §3.1.2.4, §3.1.4).</summary>
    public AttachResult Attach(ClientConnection connection, SessionRequest request)
    {
        lock (_lock)
        {
            var clientId = request.ClientId.Length == 0 ? _sessions.NewClientId() : request.ClientId;
            var session = _sessions.Find(clientId);
            var displaced = session?.Connection;
            if (session is not null && request.CleanStart)
            {
                End(session);
                session = null;
            }

            var isPresent = session is not null;
            session ??= _sessions.TryAdd(clientId);
            if (session is null)
            {
                return new AttachResult(null, false, displaced, "there are too many sessions (MaxSessions)");
            }

            _wills.OnReturn(session, displaced is not null);
            if (!_wills.TrySet(session, request.Will))
            {
                DropIfUnused(session, isPresent, displaced is not null);
                return new AttachResult(null, false, displaced, "there is no room for its will (MaxWillBytes)");
            }

            session.Expiry = request.Expiry;
            session.GoOnline(connection, request.Window);
            return new AttachResult(session, isPresent, displaced, null);
        }
    }

    /// <summary>The connection of a session has ended. Nothing happens when another connection serves it already.</summary>
    public void Detach(ClientConnection connection, BrokerSession session, bool keepWill)
    {
        lock (_lock)
        {
            if (ReferenceEquals(session.Connection, connection))
            {
                if (!keepWill)
                {
                    _wills.Forget(session);
                }

                GoOffline(session);
            }
        }
    }

    /// <summary>The client asks in its DISCONNECT for another time to be kept; null: no wish.</summary>
    public void SetExpiry(ClientConnection connection, BrokerSession session, TimeSpan? expiry)
    {
        lock (_lock)
        {
            if (expiry is { } wanted && ReferenceEquals(session.Connection, connection))
            {
                session.Expiry = wanted < _options.MaxSessionExpiry ? wanted : _options.MaxSessionExpiry;
            }
        }
    }

    /// <summary>Routes a message of a client.</summary>
    /// <returns>The reason code for its PUBACK.</returns>
    public byte Publish(in PublishPacket packet, BrokerSession publisher, PropertyBuffer scratch, WaitList waits)
    {
        _counters.Add(Counter.MessagesIn);
        lock (_lock)
        {
            return _router.Match(packet.Topic, publisher) || packet.Retain
                ? _router.Route(packet.ToMessage(_time, scratch), publisher, waits)
                : ReasonCode.NoMatchingSubscribers;
        }
    }

    /// <summary>Grants the filters that were found valid, answers, and sends the retained messages they ask for (MQTT 5 §3.8.4).</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="asked">The filters, and a code of failure for those refused already.</param>
    /// <param name="answer">Called before any message is queued, so that SUBACK goes first.</param>
    public void Subscribe(BrokerSession session, List<AskedSubscription> asked, Action<List<AskedSubscription>> answer)
    {
        lock (_lock)
        {
            for (var i = 0; i < asked.Count; i++)
            {
                asked[i] = asked[i].Code >= ReasonCode.UnspecifiedError ? asked[i] : Grant(session, asked[i]);
            }

            answer(asked);
            var done = new HashSet<byte[]>(LevelComparer.Instance); // A filter named a thousand times in one packet must not cost a thousand searches.
            foreach (var line in asked)
            {
                if (line.SendsRetained && done.Add(line.Filter))
                {
                    SendRetained(session, session.Subscriptions[line.Filter]);
                }
            }
        }
    }

    /// <summary>Takes a subscription away. False when there was none.</summary>
    public bool Unsubscribe(BrokerSession session, ReadOnlySpan<byte> filter)
    {
        lock (_lock)
        {
            return session.Subscriptions.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(filter, out _, out var old)
                && _subscriptions.Remove(old.Filter, old);
        }
    }

    /// <summary>Ends what is over: offline sessions and messages for them, delays of wills, retained messages.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            _counters.AddDropped(MqttDropReason.Expired, _retained.RemoveExpired(now));
            foreach (var session in _sessions.All.Where(session => session.State == SessionState.Offline).ToArray())
            {
                session.Queue.RemoveExpired(now);
                if (now >= session.WillDueAt)
                {
                    _wills.Publish(session);
                }

                if (now >= session.EndsAt)
                {
                    _counters.Add(Counter.SessionsExpired);
                    End(session);
                }
            }
        }
    }

    private AskedSubscription Grant(BrokerSession session, AskedSubscription line)
    {
        var isNew = !session.Subscriptions.TryGetValue(line.Filter, out var old);
        if (session.State == SessionState.Ended || (isNew && session.Subscriptions.Count >= _options.MaxSubscriptionsPerSession))
        {
            return line with { Code = ReasonCode.QuotaExceeded };
        }

        if (old is not null)
        {
            _subscriptions.Remove(old.Filter, old);
        }

        var granted = new GrantedSubscription(session, line.Filter, Math.Min(line.Qos, (byte)1), line.NoLocal, line.RetainAsPublished, line.Id);
        session.Subscriptions[line.Filter] = granted;
        _subscriptions.Add(line.Filter, granted);
        return line with { Code = granted.Qos, SendsRetained = line.RetainHandling == 0 || (line.RetainHandling == 1 && isNew) };
    }

    private void SendRetained(BrokerSession session, GrantedSubscription granted)
    {
        var now = _time.GetTimestamp();
        _found.Clear();
        _retained.Match(granted.Filter, now, _found);
        uint[]? ids = granted.Id == 0 ? null : [granted.Id];
        foreach (var message in _found)
        {
            var result = session.Offer(new OutgoingMessage(message, Math.Min(message.Qos, granted.Qos), Retain: true, ids), now, mayWait: false);
            _drops.Report(session.ClientId, result);
        }
    }

    private void GoOffline(BrokerSession session)
    {
        if (session.Expiry <= TimeSpan.Zero)
        {
            End(session);
            return;
        }

        session.GoOffline(_time.After(session.Expiry));
        _wills.OnOffline(session);
    }

    private void DropIfUnused(BrokerSession session, bool wasPresent, bool wasOnline)
    {
        if (!wasPresent)
        {
            End(session);
        }
        else if (wasOnline)
        {
            GoOffline(session);
        }
    }

    private void End(BrokerSession session)
    {
        _sessions.Remove(session);
        foreach (var subscription in session.Subscriptions.Values)
        {
            _subscriptions.Remove(subscription.Filter, subscription);
        }

        session.Subscriptions.Clear();
        _drops.ReportEnded(session.ClientId, session.End());
        _wills.Publish(session);
    }
}
