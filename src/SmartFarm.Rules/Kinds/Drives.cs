using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds;

/// <summary>Reads <c>set</c> and <c>otherwise</c> of kinds that go to and fro between the two: what is not said for the second is the safe state.</summary>
internal static class Drives
{
    public static IEnumerable<YamlScalar> Of(YamlMap map) => (map.Get("set") as YamlMap)?.Entries.Select(e => e.Key) ?? [];

    /// <summary>Adds both as lists of constants, the first and the second; gives what was written, null when nothing was.</summary>
    public static IReadOnlyList<YamlEntry>? Read(RuleContext context, string example)
    {
        var set = context.Map.Require("set", example)?.AsMap();
        if (set is null)
        {
            return null;
        }

        if (set.Entries.Count == 0)
        {
            set.Report($"'set' is empty, so the rule would do nothing; write for example '{example}'.");
            return null;
        }

        context.Targets(set.Entries);
        var otherwise = Threshold.Otherwise(context.Map, set.Entries);
        context.Add(set.Entries, (node, actuator) =>
            otherwise.FirstOrDefault(o => o.Key.Text == actuator.Id) is { } other ? Configuration.Values.Targets.AsTarget(other.Value, actuator) : actuator.Safe);
        return set.Entries;
    }

    /// <summary>What was written, as part of a meaning.</summary>
    public static string Text(RuleContext context) => $"{Entries(context.Map, "set")}\n{Entries(context.Map, "otherwise")}";

    private static string Entries(YamlMap map, string key) => map.Get(key) is YamlMap entries ? Threshold.Text(entries.Entries) : "";
}
