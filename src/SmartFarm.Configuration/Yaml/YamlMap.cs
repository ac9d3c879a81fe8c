using SmartFarm.Configuration.Values;

namespace SmartFarm.Configuration.Yaml;

/// <summary>A key of a map with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>A map. It remembers which keys were asked for: those are the keys it may have. Not thread-safe.</summary>
public sealed class YamlMap : YamlNode
{
    private readonly Dictionary<string, YamlEntry> _byKey = new(StringComparer.Ordinal);
    private readonly List<YamlEntry> _entries;
    private readonly List<string> _asked = [];

    internal YamlMap(YamlFile file, int line, int column, string path, List<YamlEntry> entries)
        : base(file, line, column, path)
    {
        _entries = entries;
        foreach (var entry in entries)
        {
            if (!_byKey.TryAdd(entry.Key.Text, entry))
            {
                entry.Key.Report($"The key '{entry.Key.Text}' is already on line {_byKey[entry.Key.Text].Key.Line}; keep one of them.");
            }
        }
    }

    /// <summary>Keys and values in the order of the file.</summary>
    public IReadOnlyList<YamlEntry> Entries => _entries;

    /// <inheritdoc/>
    public override string Kind => "map";

    /// <summary>The value of a key, or null when it is absent or empty.</summary>
    public YamlNode? Get(string key)
    {
        _asked.Add(key);
        return _byKey.TryGetValue(key, out var entry) && !entry.Value.IsNull ? entry.Value : null;
    }

    /// <summary>The value of a key; reports and gives null when it is absent or empty.</summary>
    /// <param name="key">The key.</param>
    /// <param name="example">What it could look like.</param>
    public YamlNode? Require(string key, string example)
    {
        var value = Get(key);
        if (value is null)
        {
            Report($"The key '{key}' is missing; add for example '{key}: {example}'.");
        }

        return value;
    }

    /// <summary>The items of a list; none when the key is absent.</summary>
    public IReadOnlyList<YamlNode> List(string key) => Get(key)?.AsList() ?? [];

    /// <summary>The items of a list that are maps; what is not is reported.</summary>
    public IEnumerable<YamlMap> Maps(string key)
    {
        foreach (var item in List(key))
        {
            if (item.AsMap() is { } map)
            {
                yield return map;
            }
        }
    }

    /// <summary>Reports every key that was not asked for. Call it when all known keys have been.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var (key, _) in _entries)
        {
            if (!_asked.Contains(key.Text))
            {
                key.Report($"The key '{key.Text}' is not known here; {Suggestion.For(key.Text, _asked)}");
            }
        }
    }
}
