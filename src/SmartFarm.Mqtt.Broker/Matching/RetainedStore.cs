using SmartFarm.Mqtt.Broker.Routing;

namespace SmartFarm.Mqtt.Broker.Matching;

/// <summary>The last retained message of each topic (MQTT 5 §3.3.1.3), bounded in number and bytes. Not thread-safe.</summary>
internal sealed class RetainedStore(int maxMessages, long maxBytes)
{
    private readonly TopicNode<BrokerMessage> _root = new();
    private long _nextExpiry = long.MaxValue;

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Keeps the message in place of an older one. False when there is no room: then the older one is gone too, as it is no longer true.</summary>
    public bool Set(BrokerMessage message)
    {
        Remove(message.Topic);
        if (Count >= maxMessages || Bytes + message.Size > maxBytes)
        {
            return false;
        }

        _root.FindOrAdd(message.Topic).Value = message;
        Count++;
        Bytes += message.Size;
        _nextExpiry = Math.Min(_nextExpiry, message.ExpiresAt);
        return true;
    }

    public void Remove(ReadOnlySpan<byte> topic)
    {
        if (_root.Find(topic) is { Value: { } old } node)
        {
            node.Value = null;
            Count--;
            Bytes -= old.Size;
            _root.Prune(topic);
        }
    }

    /// <summary>Adds every message whose topic matches the filter and that has not expired.</summary>
    public void Match(ReadOnlySpan<byte> filter, long now, List<BrokerMessage> into) => Match(_root, filter, now, into, atRoot: true);

    /// <summary>Takes away the messages that have expired and returns their number.</summary>
    public int RemoveExpired(long now)
    {
        if (now < _nextExpiry)
        {
            return 0;
        }

        var all = new List<BrokerMessage>(Count);
        Collect(_root, long.MinValue, all, atRoot: false);
        _nextExpiry = long.MaxValue;
        var removed = 0;
        foreach (var message in all)
        {
            if (message.HasExpired(now))
            {
                Remove(message.Topic);
                removed++;
            }
            else
            {
                _nextExpiry = Math.Min(_nextExpiry, message.ExpiresAt);
            }
        }

        return removed;
    }

    private static void Match(TopicNode<BrokerMessage> node, ReadOnlySpan<byte> filter, long now, List<BrokerMessage> into, bool atRoot)
    {
        var more = TopicLevels.Next(ref filter, out var level);
        if (level is [(byte)'#'])
        {
            Collect(node, now, into, atRoot);
        }
        else if (level is [(byte)'+'])
        {
            foreach (var (name, child) in node.Children)
            {
                if (!atRoot || !TopicLevels.IsOfServer(name))
                {
                    Step(child, filter, more, now, into);
                }
            }
        }
        else if (node.Child(level) is { } child)
        {
            Step(child, filter, more, now, into);
        }
    }

    private static void Step(TopicNode<BrokerMessage> node, ReadOnlySpan<byte> filter, bool more, long now, List<BrokerMessage> into)
    {
        if (more)
        {
            Match(node, filter, now, into, atRoot: false);
        }
        else
        {
            Take(node, now, into);
        }
    }

    private static void Collect(TopicNode<BrokerMessage> node, long now, List<BrokerMessage> into, bool atRoot)
    {
        Take(node, now, into);
        foreach (var (name, child) in node.Children)
        {
            if (!atRoot || !TopicLevels.IsOfServer(name))
            {
                Collect(child, now, into, atRoot: false);
            }
        }
    }

    private static void Take(TopicNode<BrokerMessage> node, long now, List<BrokerMessage> into)
    {
        if (node.Value is { } message && !message.HasExpired(now))
        {
            into.Add(message);
        }
    }
}
