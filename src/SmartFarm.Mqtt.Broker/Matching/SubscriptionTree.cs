namespace SmartFarm.Mqtt.Broker.Matching;

/// <summary>
/// Who subscribed to what: finds the subscribers of a topic in time that depends on its levels, not on the number of subscriptions.
/// Filters must be valid and bounded in levels, as the walk is recursive. Not thread-safe.
/// </summary>
internal sealed class SubscriptionTree<TSubscriber>
    where TSubscriber : class
{
    private readonly TopicNode<List<TSubscriber>> _root = new();

    /// <summary>Number of subscriptions.</summary>
    public int Count { get; private set; }

    public void Add(ReadOnlySpan<byte> filter, TSubscriber subscriber)
    {
        var node = _root.FindOrAdd(filter);
        (node.Value ??= []).Add(subscriber);
        Count++;
    }

    public bool Remove(ReadOnlySpan<byte> filter, TSubscriber subscriber)
    {
        var node = _root.Find(filter);
        if (node?.Value is null || !node.Value.Remove(subscriber))
        {
            return false;
        }

        Count--;
        if (node.Value.Count == 0)
        {
            node.Value = null;
            _root.Prune(filter);
        }

        return true;
    }

    /// <summary>Adds every subscriber whose filter matches the topic; one that subscribed by several filters appears as often.</summary>
    public void Match(ReadOnlySpan<byte> topic, List<TSubscriber> into) => Match(_root, topic, !TopicLevels.IsOfServer(topic), into);

    private static void Match(TopicNode<List<TSubscriber>> node, ReadOnlySpan<byte> topic, bool wildcards, List<TSubscriber> into)
    {
        var more = TopicLevels.Next(ref topic, out var level);
        Step(node.Child(level), topic, more, into);
        if (wildcards)
        {
            Step(node.Child("+"u8), topic, more, into);
            Take(node.Child("#"u8), into);
        }
    }

    private static void Step(TopicNode<List<TSubscriber>>? node, ReadOnlySpan<byte> topic, bool more, List<TSubscriber> into)
    {
        if (node is null)
        {
            return;
        }

        if (more)
        {
            Match(node, topic, wildcards: true, into);
            return;
        }

        Take(node, into);
        Take(node.Child("#"u8), into); // "a/#" matches "a" too (§4.7.1.2).
    }

    private static void Take(TopicNode<List<TSubscriber>>? node, List<TSubscriber> into)
    {
        if (node?.Value is { } subscribers)
        {
            into.AddRange(subscribers);
        }
    }
}
