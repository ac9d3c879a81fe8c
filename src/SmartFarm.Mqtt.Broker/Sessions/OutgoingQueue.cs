using SmartFarm.Mqtt.Broker.Limits;

namespace SmartFarm.Mqtt.Broker.Sessions;

/// <summary>What became of a message at the end of a queue.</summary>
internal enum AddResult
{
    Added,

    /// <summary>The queue is full; its subscriber can make room.</summary>
    QueueFull,

    /// <summary>All queues together are full, or the message is larger than a whole queue: this subscriber cannot make room.</summary>
    NoRoomInAll,
}

/// <summary>
/// What one session still has to get: messages that wait, and QoS 1 messages written but not acknowledged. Bounded in messages and bytes,
/// both kinds together, and in bytes by what all queues share. Survives its connections: <see cref="Rewind"/> makes the unacknowledged ones the next to be written (MQTT 5 §4.4).
/// Thread-safe.
/// </summary>
internal sealed class OutgoingQueue(int maxMessages, long maxBytes, ByteBudget shared, BrokerCounters counters)
{
    private readonly Lock _lock = new();
    private readonly Queue<OutgoingMessage> _waiting = new();
    private readonly Dictionary<ushort, InFlight> _inFlight = [];
    private readonly Queue<ushort> _again = new();
    private object? _owner;
    private bool _isClosed;
    private long _bytes;
    private long _sequence;
    private int _window;
    private int _unacknowledged;
    private ushort _lastId;
    private long _nextExpiry = long.MaxValue;

    private int Count => _waiting.Count + _inFlight.Count;

    /// <summary>Whether so much has drained that those who waited for room may go on.</summary>
    public bool HasPlentyOfRoom
    {
        get
        {
            lock (_lock)
            {
                return Count <= maxMessages / 2 && _bytes <= maxBytes / 2;
            }
        }
    }

    /// <summary>Whether the queue itself, apart from what all share, could take the message now.</summary>
    public bool HasRoomFor(in OutgoingMessage copy)
    {
        lock (_lock)
        {
            return HasRoom(copy);
        }
    }

    /// <summary>Puts a message at the end, if need be in place of expired ones.</summary>
    public AddResult TryAdd(in OutgoingMessage copy, long now)
    {
        lock (_lock)
        {
            if (!HasRoom(copy) && (!DropExpired(now) || !HasRoom(copy)))
            {
                return copy.Message.Size > maxBytes ? AddResult.NoRoomInAll : AddResult.QueueFull;
            }

            if (!shared.TryTake(copy.Message.Size) && (!DropExpired(now) || !shared.TryTake(copy.Message.Size)))
            {
                return AddResult.NoRoomInAll;
            }

            _waiting.Enqueue(copy);
            _bytes += copy.Message.Size;
            _nextExpiry = Math.Min(_nextExpiry, copy.Message.ExpiresAt);
            return AddResult.Added;
        }
    }

    /// <summary>Takes away the waiting messages that have expired.</summary>
    public void RemoveExpired(long now)
    {
        lock (_lock)
        {
            DropExpired(now);
        }
    }

    /// <summary>Gives the queue to a connection: only that one takes and acknowledges from now on, and it begins with what is unacknowledged.</summary>
    /// <param name="owner">The connection.</param>
    /// <param name="window">Most messages of QoS 1 it may have unacknowledged.</param>
    public void Rewind(object owner, int window)
    {
        lock (_lock)
        {
            _owner = owner;
            _window = window;
            _unacknowledged = 0;
            _again.Clear();
            foreach (var (id, entry) in _inFlight.OrderBy(entry => entry.Value.Sequence).ToArray())
            {
                _inFlight[id] = entry with { IsSent = false };
                _again.Enqueue(id);
            }
        }
    }

    /// <summary>Takes the next message that may be written. Messages of QoS 0 keep their place behind those of QoS 1.</summary>
    public bool TryTake(object owner, out OutgoingPublish publish)
    {
        lock (_lock)
        {
            publish = default;
            return ReferenceEquals(owner, _owner) && (TryTakeAgain(ref publish) || TryTakeWaiting(ref publish));
        }
    }

    /// <summary>The subscriber has it. False when no such message was under way on that connection.</summary>
    public bool Acknowledge(object owner, ushort packetId) => Settle(owner, packetId);

    /// <summary>Takes back a message that was taken but cannot be written to this subscriber.</summary>
    public void Discard(object owner, in OutgoingPublish publish)
    {
        if (publish.PacketId != 0)
        {
            Settle(owner, publish.PacketId);
        }
    }

    /// <summary>Gives everything up, for good, and returns how many messages that were.</summary>
    public int Close()
    {
        lock (_lock)
        {
            var lost = Count;
            shared.Give(_bytes);
            _bytes = 0;
            _isClosed = true;
            _owner = null;
            _waiting.Clear();
            _inFlight.Clear();
            _again.Clear();
            return lost;
        }
    }

    private bool HasRoom(in OutgoingMessage copy) => !_isClosed && Count < maxMessages && _bytes + copy.Message.Size <= maxBytes;

    private bool DropExpired(long now)
    {
        if (now < _nextExpiry)
        {
            return false;
        }

        _nextExpiry = long.MaxValue;
        var dropped = 0;
        for (var left = _waiting.Count; left > 0; left--)
        {
            var copy = _waiting.Dequeue();
            if (copy.Message.HasExpired(now))
            {
                Release(copy);
                dropped++;
            }
            else
            {
                _waiting.Enqueue(copy);
                _nextExpiry = Math.Min(_nextExpiry, copy.Message.ExpiresAt);
            }
        }

        counters.AddDropped(MqttDropReason.Expired, dropped);
        return dropped > 0;
    }

    private bool Settle(object owner, ushort packetId)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(owner, _owner) || !_inFlight.Remove(packetId, out var entry))
            {
                return false;
            }

            Release(entry.Copy);
            _unacknowledged -= entry.IsSent ? 1 : 0;
            return true;
        }
    }

    private bool TryTakeAgain(ref OutgoingPublish publish)
    {
        while (_unacknowledged < _window && _again.TryDequeue(out var id))
        {
            if (_inFlight.TryGetValue(id, out var entry))
            {
                _inFlight[id] = entry with { IsSent = true };
                _unacknowledged++;
                publish = new OutgoingPublish(entry.Copy, id, Duplicate: true);
                return true;
            }
        }

        return false;
    }

    private bool TryTakeWaiting(ref OutgoingPublish publish)
    {
        if (_again.Count > 0 || !_waiting.TryPeek(out var copy))
        {
            return false;
        }

        if (copy.Qos == 0)
        {
            Release(copy);
            publish = new OutgoingPublish(_waiting.Dequeue(), 0, Duplicate: false);
            return true;
        }

        if (_unacknowledged >= _window || !TryNextId(out var id))
        {
            return false;
        }

        _inFlight.Add(id, new InFlight(_waiting.Dequeue(), ++_sequence, IsSent: true));
        _unacknowledged++;
        publish = new OutgoingPublish(copy, id, Duplicate: false);
        return true;
    }

    private void Release(in OutgoingMessage copy)
    {
        _bytes -= copy.Message.Size;
        shared.Give(copy.Message.Size);
    }

    private bool TryNextId(out ushort id)
    {
        id = _lastId;
        if (_inFlight.Count == ushort.MaxValue)
        {
            return false;
        }

        do
        {
            id = id == ushort.MaxValue ? (ushort)1 : (ushort)(id + 1);
        }
        while (_inFlight.ContainsKey(id));
        _lastId = id;
        return true;
    }

    private readonly record struct InFlight(OutgoingMessage Copy, long Sequence, bool IsSent);
}
