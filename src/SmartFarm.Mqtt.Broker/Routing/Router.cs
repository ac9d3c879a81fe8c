using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Matching;
using SmartFarm.Mqtt.Broker.Sessions;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Routing;

/// <summary>Brings a published message to the queues of its subscribers and into the retained store. Not thread-safe: used under the lock of the broker.</summary>
internal sealed class Router(SubscriptionTree<GrantedSubscription> subscriptions, RetainedStore retained, TimeProvider time, DropReport drops)
{
    private readonly List<GrantedSubscription> _matches = [];
    private readonly List<Target> _targets = [];
    private long _round;

    /// <summary>Whether anyone but the publisher's own No Local subscriptions wants a message of that topic; to be followed by <see cref="Route"/>.</summary>
    public bool Match(ReadOnlySpan<byte> topic, BrokerSession? publisher)
    {
        _matches.Clear();
        _targets.Clear();
        subscriptions.Match(topic, _matches);
        _round++;
        foreach (var match in _matches)
        {
            if (!match.NoLocal || !ReferenceEquals(match.Session, publisher))
            {
                Merge(match);
            }
        }

        return _targets.Count > 0;
    }

    /// <summary>Queues the message for everyone found by <see cref="Match"/>.</summary>
    /// <param name="message">The message.</param>
    /// <param name="publisher">Its session; never waits for itself.</param>
    /// <param name="waits">Takes the copies for which the publisher has to wait; null when it cannot wait.</param>
    /// <returns>The reason code for the publisher.</returns>
    public byte Route(BrokerMessage message, BrokerSession? publisher, WaitList? waits)
    {
        var now = time.GetTimestamp();
        var refused = 0;
        foreach (var target in _targets)
        {
            var copy = new OutgoingMessage(message, Math.Min(message.Qos, target.Qos), message.Retain && target.RetainAsPublished, target.Ids);
            var mayWait = waits is not null && !ReferenceEquals(target.Session, publisher);
            var result = target.Session.Offer(copy, now, mayWait);
            if (result == OfferResult.MustWait)
            {
                waits!.Copies.Add(new WaitingCopy(target.Session, copy));
            }
            else if (result != OfferResult.Taken)
            {
                drops.Report(target.Session.ClientId, result);
                refused += result is OfferResult.OfflineFull or OfferResult.SlowSubscriber or OfferResult.NoRoomInAll ? 1 : 0;
            }
        }

        if (waits is not null)
        {
            waits.AreOnlyHope = refused + waits.Copies.Count == _targets.Count;
        }

        var kept = !message.Retain || Retain(message);
        return _targets.Count == 0 && !message.Retain ? ReasonCode.NoMatchingSubscribers
            : !kept || (refused > 0 && refused == _targets.Count) ? ReasonCode.QuotaExceeded
            : ReasonCode.Success;
    }

    // An empty payload takes the retained message away and is itself not kept [MQTT-3.3.1-6, MQTT-3.3.1-7].
    private bool Retain(BrokerMessage message)
    {
        if (message.Payload.IsEmpty)
        {
            retained.Remove(message.Topic);
            return true;
        }

        if (retained.Set(message))
        {
            return true;
        }

        drops.ReportNotRetained();
        return false;
    }

    // Several subscriptions of one session get one copy, at their highest QoS, with all their identifiers [MQTT-3.3.4-2 to MQTT-3.3.4-5].
    private void Merge(GrantedSubscription match)
    {
        var session = match.Session;
        uint[]? ids = match.Id == 0 ? null : [match.Id];
        if (session.Mark.Round == _round)
        {
            var first = _targets[session.Mark.Index];
            _targets[session.Mark.Index] = first with
            {
                Qos = Math.Max(first.Qos, match.Qos),
                RetainAsPublished = first.RetainAsPublished || match.RetainAsPublished,
                Ids = ids is null ? first.Ids : [.. first.Ids ?? [], .. ids],
            };
            return;
        }

        session.Mark = (_round, _targets.Count);
        _targets.Add(new Target(session, match.Qos, match.RetainAsPublished, ids));
    }

    private readonly record struct Target(BrokerSession Session, byte Qos, bool RetainAsPublished, uint[]? Ids);
}

/// <summary>What a publisher has to wait for before its message is acknowledged.</summary>
internal sealed class WaitList
{
    public List<WaitingCopy> Copies { get; } = [];

    /// <summary>Whether no session has taken the message yet.</summary>
    public bool AreOnlyHope { get; set; }
}

/// <summary>A copy that found the queue of an online subscriber full.</summary>
internal readonly record struct WaitingCopy(BrokerSession Session, OutgoingMessage Copy);
