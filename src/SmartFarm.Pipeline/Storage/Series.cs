using System.Collections.Concurrent;
using System.Text;

namespace SmartFarm.Pipeline.Storage;

/// <summary>A measurement with its tags: what a row belongs to. One instance each, so it compares by reference.</summary>
public sealed class Series
{
    internal Series(int id, string measurement, KeyValuePair<string, string>[] tags, string key)
    {
        (Id, Measurement, Tags, Key) = (id, measurement, tags, key);
    }

    /// <summary>Small dense number, valid in this process only: an array index for whoever keeps something per series.</summary>
    public int Id { get; }

    /// <summary>Name of the measurement, one of <see cref="Schema"/>.</summary>
    public string Measurement { get; }

    /// <summary>Tags by name, sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; }

    /// <summary>Measurement and tags in one lasting text: <c>measurement,tag=value,tag=value</c>; values are checked names and hold no separators.</summary>
    public string Key { get; }

    /// <summary>The value of a tag, or null.</summary>
    public string? Tag(string name)
    {
        foreach (var (key, value) in Tags)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Key;
}

/// <summary>Hands out the one instance of each series. Thread-safe.</summary>
public sealed class SeriesCatalog
{
    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Number of series handed out.</summary>
    public int Count => _series.Count;

    /// <summary>The series of a measurement and its tags. Tags with a null value are left out.</summary>
    public Series Get(string measurement, params ReadOnlySpan<(string Name, string? Value)> tags)
    {
        var kept = new List<KeyValuePair<string, string>>(tags.Length);
        foreach (var (name, value) in tags)
        {
            if (value is not null)
            {
                kept.Add(KeyValuePair.Create(name, value));
            }
        }

        kept.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        var key = new StringBuilder(measurement);
        foreach (var (name, value) in kept)
        {
            key.Append(',').Append(name).Append('=').Append(value);
        }

        var text = key.ToString();
        if (_series.TryGetValue(text, out var series))
        {
            return series;
        }

        lock (_lock)
        {
            return _series.GetOrAdd(text, key => new Series(_series.Count, measurement, [.. kept], key));
        }
    }
}
