namespace SmartFarm.Dashboards.Model;

/// <summary>The texts of one language, as panels ask for them; notes which keys were asked for.</summary>
/// <param name="texts">The table.</param>
/// <param name="language">Which language.</param>
/// <param name="board">The dashboard: keys of its panels begin with it.</param>
internal sealed class Wording(Texts texts, Language language, string board)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Which language.</summary>
    public Language Language => language;

    /// <summary>Keys that were asked for.</summary>
    public IReadOnlyCollection<string> Used => _used;

    /// <summary>A text of this dashboard: <c>board.key</c>.</summary>
    public string Own(string key) => Common($"{board}.{key}");

    /// <summary>A text that dashboards share.</summary>
    public string Common(string key)
    {
        _used.Add(key);
        return texts.Get(key, language);
    }
}
