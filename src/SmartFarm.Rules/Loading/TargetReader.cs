using System.Collections.ObjectModel;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Rules.Loading;

/// <summary>Targets as they are written: <c>set: { roof_vent: 60 % }</c>.</summary>
/// <param name="Entries">Actuators and their targets.</param>
internal sealed record WrittenTargets(IReadOnlyList<YamlEntry> Entries)
{
    public static readonly WrittenTargets None = new([]);

    /// <summary>Whether a zone has any of the actuators.</summary>
    public bool Concern(FarmZone zone) => Entries.Any(e => zone.Actuators.Any(a => a.Id == e.Key.Text));

    /// <summary>Reports an actuator that a zone should have and has not.</summary>
    public void CheckActuators(IReadOnlyList<FarmZone> zones, bool areNamed)
    {
        foreach (var key in Entries.Select(e => e.Key))
        {
            var without = zones.Where(z => z.Actuators.All(a => a.Id != key.Text)).ToArray();
            if (without.Length == zones.Count)
            {
                var known = zones.SelectMany(z => z.Actuators).Select(a => a.Id).Distinct(StringComparer.Ordinal).ToArray();
                key.Report($"The actuator '{key.Text}' is not known; {Suggestion.For(key.Text, known)}");
            }
            else if (areNamed && without.Length > 0)
            {
                key.Report($"Zone {without[0].Zone.Id} has no actuator '{key.Text}'; take the zone out of 'zones', or give it one in farm.yaml.");
            }
        }
    }

    /// <summary>The targets by the actuators of a zone, null for those left alone; what is wrong is reported.</summary>
    public double?[] In(FarmZone zone) => [.. zone.Actuators.Select(Target)];

    private double? Target(Actuator actuator) => Entries.FirstOrDefault(e => e.Key.Text == actuator.Id)?.Value.AsTarget(actuator);

    public override string ToString() => string.Join(", ", Entries.Select(e => $"{e.Key.Text}: {(e.Value as YamlScalar)?.Text}"));
}

/// <summary>Reads targets from a rule.</summary>
internal static class TargetReader
{
    public static WrittenTargets Required(YamlMap rule, string key)
    {
        var targets = new WrittenTargets(rule.Require(key, "{ roof_vent: 60 % }")?.AsMap()?.Entries ?? []);
        if (rule.Get(key) is YamlMap { Entries.Count: 0 } empty)
        {
            empty.Report($"'{key}' is empty, so the rule would do nothing; name an actuator and its target, such as '{{ roof_vent: 60 % }}'.");
        }

        return targets;
    }

    /// <summary>Reads <c>otherwise</c>, which may name only actuators that <c>set</c> names.</summary>
    public static WrittenTargets Otherwise(YamlMap rule, WrittenTargets set)
    {
        var entries = rule.Get("otherwise")?.AsMap()?.Entries ?? ReadOnlyCollection<YamlEntry>.Empty;
        var known = set.Entries.Select(e => e.Key.Text).ToArray();
        foreach (var key in entries.Select(e => e.Key).Where(key => !known.Contains(key.Text)))
        {
            key.Report($"'otherwise' names '{key.Text}', which 'set' does not; {Suggestion.For(key.Text, known)}");
        }

        return new WrittenTargets([.. entries.Where(e => known.Contains(e.Key.Text))]);
    }
}
