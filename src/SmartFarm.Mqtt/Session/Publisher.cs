using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>
/// Sends messages in the order of the calls, as many at QoS 1 as the server allows, and again after a reconnect those that were not
/// acknowledged, in their first order [MQTT-4.4.0-1] [MQTT-4.6.0-1]. What waits is held by callers who wait, so they bound it. Thread-safe.
/// </summary>
internal sealed class Publisher(MqttVersion version, TimeProvider time, MqttSessionCounters counters)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingPublish> _waiting = new();
    private readonly Dictionary<ushort, PendingPublish> _inFlight = [];
    private readonly PropertyBuffer _properties = new();
    private OutputBuffer? _output;
    private ServerLimits? _limits;
    private Exception? _closed;
    private ushort _lastId;
    private long _lastOrder;

    /// <summary>What waits to be sent or acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count + _inFlight.Count;
            }
        }
    }

    public async ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingPublish(message, time);
        lock (_lock)
        {
            if (_closed is not null)
            {
                throw _closed;
            }

            pending.Order = ++_lastOrder;
            _waiting.AddLast(pending);
            SendWaiting();
        }

        if (pending.Task.IsCompleted)
        {
            await pending.Task;
            return;
        }

        await using var timer = message.Expiry is { } expiry
            ? time.CreateTimer(_ => Expire(pending), null, expiry, Timeout.InfiniteTimeSpan)
            : null;
        await using var cancelled = cancellationToken.UnsafeRegister(_ => Cancel(pending, cancellationToken), null);
        await pending.Task;
    }

    /// <summary>The session is ready: sends what waits.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="limits">What the server takes.</param>
    /// <param name="sessionPresent">Whether the server remembers what was sent before; otherwise those are new messages to it.</param>
    public void Connect(OutputBuffer output, ServerLimits limits, bool sessionPresent)
    {
        lock (_lock)
        {
            (_output, _limits) = (output, limits);
            for (var node = sessionPresent ? null : _waiting.First; node is not null; node = node.Next)
            {
                (node.Value.IsDuplicate, node.Value.PacketId) = (false, 0);
            }

            SendWaiting();
        }
    }

    /// <summary>The connection is gone: what was not acknowledged waits again, before all others.</summary>
    public void Disconnect()
    {
        lock (_lock)
        {
            (_output, _limits) = (null, null);
            foreach (var pending in _inFlight.Values.OrderByDescending(p => p.Order))
            {
                if (pending.IsExpired || pending.Task.IsCompleted)
                {
                    pending.FailExpired();
                }
                else
                {
                    _waiting.AddFirst(pending);
                }
            }

            _inFlight.Clear();
        }
    }

    /// <summary>A PUBACK has come. Returns false when no such message is on its way.</summary>
    public bool OnPubAck(ushort packetId, byte code, string detail)
    {
        lock (_lock)
        {
            if (!_inFlight.Remove(packetId, out var pending))
            {
                return false;
            }

            if (code >= 0x80)
            {
                pending.Fail(new MqttPublishException(
                    $"The broker refused the message to {pending.Message.Topic} with 0x{code:X2}{(detail.Length > 0 ? $" ({detail})" : "")}.", code));
            }
            else
            {
                pending.Succeed();
                counters.CountPublished();
            }

            SendWaiting();
            return true;
        }
    }

    /// <summary>There may be room in the output again.</summary>
    public void OnWritten()
    {
        lock (_lock)
        {
            SendWaiting();
        }
    }

    /// <summary>The session is over: fails all that is not done, and all that comes.</summary>
    public void Close(Exception reason)
    {
        Disconnect();
        lock (_lock)
        {
            _closed = reason;
            foreach (var pending in _waiting)
            {
                pending.Fail(reason);
            }

            _waiting.Clear();
        }
    }

    private void SendWaiting()
    {
        while (_output is { IsFull: false } output && _waiting.First is { } node && (node.Value.Message.Qos == 0 || _inFlight.Count < _limits!.Window))
        {
            _waiting.RemoveFirst();
            var pending = node.Value;
            if (pending.IsExpired)
            {
                pending.FailExpired();
            }

            // A caller who was told that it is cancelled or expired must not see it delivered.
            if (!pending.Task.IsCompleted)
            {
                Send(output, pending);
            }
        }
    }

    private void Send(OutputBuffer output, PendingPublish pending)
    {
        if (pending.Message.Qos > 0 && pending.PacketId == 0)
        {
            pending.PacketId = NextId();
        }

        var packet = pending.ToPacket(_properties);
        if (_limits!.Refusal(packet, version) is { } refusal)
        {
            pending.Fail(refusal);
            return;
        }

        output.Write(packet, version == MqttVersion.V5
            ? static (bytes, p) => p.WriteTo(bytes, MqttVersion.V5)
            : static (bytes, p) => p.WriteTo(bytes, MqttVersion.V311));
        if (pending.Message.Qos == 0)
        {
            pending.Succeed();
            counters.CountPublished();
            return;
        }

        (pending.WasSent, pending.IsDuplicate) = (true, true);
        _inFlight.Add(pending.PacketId, pending);
    }

    // The identifiers of messages that wait to be sent again are taken, too, and that of SUBSCRIBE.
    private ushort NextId()
    {
        do
        {
            _lastId = _lastId is 0 or ushort.MaxValue ? (ushort)(Greeting.SubscribeId + 1) : (ushort)(_lastId + 1);
        }
        while (_inFlight.ContainsKey(_lastId) || IsTakenByWaiting(_lastId));
        return _lastId;
    }

    private bool IsTakenByWaiting(ushort id)
    {
        for (var node = _waiting.First; node is { Value.PacketId: not 0 }; node = node.Next)
        {
            if (node.Value.PacketId == id)
            {
                return true;
            }
        }

        return false;
    }

    // What is on its way keeps its identifier until its acknowledgement comes or the connection goes.
    private void Cancel(PendingPublish pending, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _waiting.Remove(pending);
            pending.Cancel(cancellationToken);
        }
    }

    // What is on its way stays: its acknowledgement will come.
    private void Expire(PendingPublish pending)
    {
        lock (_lock)
        {
            if (_waiting.Remove(pending))
            {
                pending.FailExpired();
            }
        }
    }
}
