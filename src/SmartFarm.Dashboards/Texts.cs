using System.Reflection;
using SmartFarm.Dashboards.Model;
using YamlDotNet.Serialization;

namespace SmartFarm.Dashboards;

/// <summary>
/// The table of everything a reader sees, by key and language: titles, descriptions, names of series and columns, words for states. Written in
/// <c>Texts/*.yaml</c>: <c>key: { en: …, ru: …, kk: …, ko: … }</c>. Thread-safe.
/// </summary>
public sealed class Texts
{
    private readonly Dictionary<string, Dictionary<string, string>> _table = new(StringComparer.Ordinal);

    private Texts()
    {
        var own = Assembly.GetExecutingAssembly();
        var reader = new DeserializerBuilder().WithDuplicateKeyChecking().Build();
        foreach (var file in own.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(own.GetManifestResourceStream(file)!);
            foreach (var (key, translations) in reader.Deserialize<Dictionary<string, Dictionary<string, string>>>(text))
            {
                if (!_table.TryAdd(key, translations))
                {
                    throw new InvalidDataException($"{file}: the text '{key}' is there twice.");
                }
            }
        }
    }

    /// <summary>The table of this build.</summary>
    public static Texts All { get; } = new();

    /// <summary>Every key.</summary>
    public IReadOnlyCollection<string> Keys => _table.Keys;

    /// <summary>One text.</summary>
    /// <exception cref="InvalidDataException">It is not in the table, or not in this language.</exception>
    public string Get(string key, Language language) =>
        _table.TryGetValue(key, out var texts) && texts.TryGetValue(language.Code, out var text)
            ? text
            : throw new InvalidDataException($"There is no text '{key}' in the language '{language.Code}': write it in src/SmartFarm.Dashboards/Texts.");
}
