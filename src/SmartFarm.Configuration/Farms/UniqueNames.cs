using SmartFarm.Configuration.Yaml;

namespace SmartFarm.Configuration.Farms;

/// <summary>Names that must differ from each other and from reserved ones.</summary>
/// <param name="what">What is named, for messages.</param>
/// <param name="reserved">Names that nobody may have.</param>
internal sealed class UniqueNames(string what, params string[] reserved)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Reads a required name; reports a bad, reserved or repeated one.</summary>
    public string Read(YamlMap map, string key, string example) => map.Require(key, example) is { } node && node.AsName() is { } name ? Add(node, name) : "";

    /// <summary>Adds a name; reports a reserved or repeated one and gives the empty text instead.</summary>
    public string Add(YamlNode node, string name)
    {
        if (reserved.Contains(name))
        {
            node.Report($"The name '{name}' is reserved and cannot be that of a {what}; choose another.");
            return "";
        }

        if (!_lines.TryAdd(name, node.Line))
        {
            node.Report($"The {what} '{name}' is already on line {_lines[name]}; choose another name.");
            return "";
        }

        return name;
    }
}
