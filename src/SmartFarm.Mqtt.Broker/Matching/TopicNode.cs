namespace SmartFarm.Mqtt.Broker.Matching;

/// <summary>One level of a tree of topics or filters. Nodes without value and children are taken away, so the tree is as big as its content.</summary>
internal sealed class TopicNode<TValue>
    where TValue : class
{
    private Dictionary<byte[], TopicNode<TValue>>? _children;

    public TValue? Value { get; set; }

    public IEnumerable<KeyValuePair<byte[], TopicNode<TValue>>> Children => _children ?? [];

    public bool IsEmpty => Value is null && _children is null;

    public TopicNode<TValue>? Child(ReadOnlySpan<byte> level) =>
        _children is not null && _children.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(level, out var child) ? child : null;

    /// <summary>The node at the path below, or null.</summary>
    public TopicNode<TValue>? Find(ReadOnlySpan<byte> path)
    {
        var node = this;
        bool more;
        do
        {
            more = TopicLevels.Next(ref path, out var level);
            node = node.Child(level);
        }
        while (more && node is not null);
        return node;
    }

    /// <summary>The node at the path below, made when it is missing.</summary>
    public TopicNode<TValue> FindOrAdd(ReadOnlySpan<byte> path)
    {
        var node = this;
        bool more;
        do
        {
            more = TopicLevels.Next(ref path, out var level);
            node = node.ChildOrNew(level);
        }
        while (more);
        return node;
    }

    /// <summary>Takes away what is empty along the path.</summary>
    public void Prune(ReadOnlySpan<byte> path)
    {
        var more = TopicLevels.Next(ref path, out var level);
        if (Child(level) is not { } child)
        {
            return;
        }

        if (more)
        {
            child.Prune(path);
        }

        if (child.IsEmpty)
        {
            _children!.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(level);
            _children = _children.Count == 0 ? null : _children;
        }
    }

    private TopicNode<TValue> ChildOrNew(ReadOnlySpan<byte> level)
    {
        _children ??= new Dictionary<byte[], TopicNode<TValue>>(LevelComparer.Instance);
        var lookup = _children.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(level, out var child))
        {
            lookup[level] = child = new TopicNode<TValue>();
        }

        return child;
    }
}
