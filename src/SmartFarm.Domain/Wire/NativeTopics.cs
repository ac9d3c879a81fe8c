using SmartFarm.Domain.Text;

namespace SmartFarm.Domain.Wire;

/// <summary>What a native topic carries.</summary>
public enum TopicKind
{
    /// <summary>Not a native topic.</summary>
    None,

    /// <summary><c>{root}/{site}/{device}/telemetry</c>.</summary>
    Telemetry,

    /// <summary><c>{root}/{site}/{device}/status</c>.</summary>
    Status,

    /// <summary><c>{root}/{site}/{controller}/command</c>.</summary>
    Command,

    /// <summary><c>{root}/{site}/{controller}/command/reply</c>.</summary>
    Reply,

    /// <summary><c>{root}/{site}/{controller}/state</c>.</summary>
    State,
}

/// <summary>The native topic tree below a configurable root, normally <c>farm</c>.</summary>
public sealed class NativeTopics
{
    private readonly byte[] _prefix;

    /// <summary>Topics below the given root.</summary>
    /// <exception cref="ArgumentException">The root is not a valid name.</exception>
    public NativeTopics(string root = "farm")
    {
        if (!Names.IsValid(root))
        {
            throw new ArgumentException($"The topic root '{root}' is not a valid name.", nameof(root));
        }

        Root = root;
        _prefix = System.Text.Encoding.UTF8.GetBytes(root + "/");
    }

    /// <summary>The first level of every native topic.</summary>
    public string Root { get; }

    /// <summary>Everything a backend listens to, as topic filters.</summary>
    public IReadOnlyList<string> BackendFilters => [$"{Root}/+/+/telemetry", $"{Root}/+/+/status", $"{Root}/+/+/command/reply", $"{Root}/+/+/state"];

    /// <summary>Topic on which a device publishes readings.</summary>
    public string Telemetry(string site, string device) => $"{Root}/{site}/{device}/telemetry";

    /// <summary>Topic of a device's presence.</summary>
    public string Status(string site, string device) => $"{Root}/{site}/{device}/status";

    /// <summary>Topic on which a controller listens.</summary>
    public string Command(string site, string controller) => $"{Root}/{site}/{controller}/command";

    /// <summary>Topic on which a controller answers.</summary>
    public string Reply(string site, string controller) => $"{Root}/{site}/{controller}/command/reply";

    /// <summary>Topic on which a controller reports its state.</summary>
    public string State(string site, string controller) => $"{Root}/{site}/{controller}/state";

    /// <summary>Topic of the backend's presence: the controllers' dead-man signal.</summary>
    public string BackendStatus(string site) => $"{Root}/{site}/backend/status";

    /// <summary>
    /// Takes a topic apart. A topic of the right shape with a bad name still has its kind; the caller checks the names
    /// with <see cref="Names.IsValid(ReadOnlySpan{byte})"/>.
    /// </summary>
    public TopicKind Parse(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> site, out ReadOnlySpan<byte> address)
    {
        site = address = default;
        if (!topic.StartsWith(_prefix))
        {
            return TopicKind.None;
        }

        var rest = topic[_prefix.Length..];
        var first = rest.IndexOf((byte)'/');
        if (first < 0)
        {
            return TopicKind.None;
        }

        site = rest[..first];
        rest = rest[(first + 1)..];
        var second = rest.IndexOf((byte)'/');
        if (second < 0)
        {
            return TopicKind.None;
        }

        address = rest[..second];
        var tail = rest[(second + 1)..];
        return tail.SequenceEqual("telemetry"u8) ? TopicKind.Telemetry
            : tail.SequenceEqual("status"u8) ? TopicKind.Status
            : tail.SequenceEqual("state"u8) ? TopicKind.State
            : tail.SequenceEqual("command"u8) ? TopicKind.Command
            : tail.SequenceEqual("command/reply"u8) ? TopicKind.Reply
            : TopicKind.None;
    }
}
