using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds;

/// <summary>
/// <c>when</c>, <c>until</c>, <c>set</c>, <c>otherwise</c>. An interlock has <c>force</c> in place of <c>set</c>, or <c>limit</c>: the range that others keep to.
/// </summary>
internal sealed class Threshold : IRuleKind
{
    private static readonly string[] TargetKeys = ["set", "force", "limit"];

    public string Name => "threshold";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) =>
        TargetKeys.Select(map.Get).OfType<YamlMap>().SelectMany(m => m.Entries).Select(e => e.Key);

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        var when = context.RequireCondition("when", "air_temperature > 28 °C for 2 min");
        var untilNode = map.Get("until");
        var until = untilNode is null ? null : context.Condition(untilNode);
        var isSafety = context.Section.IsSafety;
        var isLimit = isSafety && map.Get("limit") is not null;
        var key = !isSafety ? "set" : isLimit ? "limit" : "force";
        var targets = map.Require(key, "{ roof_vent: 60 % }")?.AsMap()?.Entries ?? [];
        if (map.Get(key) is YamlMap { Entries.Count: 0 } empty)
        {
            empty.Report($"'{key}' is empty, so the rule would do nothing; name an actuator and its target, such as '{{ roof_vent: 60 % }}'.");
        }

        var otherwise = isSafety ? [] : Otherwise(map, targets);
        if (isLimit)
        {
            context.Add(targets, (node, actuator) => Range(node, actuator)?.Low);
            context.Add(targets, (node, actuator) => Range(node, actuator)?.High);
        }
        else
        {
            context.Targets(targets);
            context.Targets(otherwise);
        }

        if (when is null)
        {
            return null;
        }

        HysteresisCheck.Run(when, until, untilNode as YamlScalar);
        return new ThresholdLogic(new Latching(when, until), isLimit, otherwise.Count > 0, $"{Text(targets)}\n{Text(otherwise)}");
    }

    /// <summary>Reads <c>otherwise</c>, which may name only actuators that <c>set</c> names.</summary>
    internal static IReadOnlyList<YamlEntry> Otherwise(YamlMap rule, IReadOnlyList<YamlEntry> set)
    {
        var entries = rule.Get("otherwise")?.AsMap()?.Entries ?? [];
        var known = set.Select(e => e.Key.Text).ToArray();
        foreach (var key in entries.Select(e => e.Key).Where(key => !known.Contains(key.Text)))
        {
            key.Report($"'otherwise' names '{key.Text}', which 'set' does not; {Suggestion.For(key.Text, known)}");
        }

        return [.. entries.Where(e => known.Contains(e.Key.Text))];
    }

    /// <summary><c>0..20 %</c>; for a switch <c>off</c> or <c>on</c>, which leaves no choice.</summary>
    private static (double Low, double High)? Range(YamlNode node, Actuator actuator)
    {
        if (actuator.Kind == ActuatorKind.Switch)
        {
            return node.AsTarget(actuator) is { } only ? (only, only) : null;
        }

        if (node.AsScalar() is not { } scalar)
        {
            return null;
        }

        var parts = scalar.Text.Split("..");
        if (parts.Length == 2 && Amount.TryParse(parts[0], out var low) && Amount.TryParse(parts[1], out var high)
            && (low.Unit.Length == 0 || low.Unit == high.Unit) && high.Unit == actuator.Unit?.Symbol && low.Value >= actuator.Min && high.Value <= actuator.Max && low.Value <= high.Value)
        {
            return (low.Value, high.Value);
        }

        scalar.Report($"'{scalar.Text}' is not a range of {actuator.Id}; write it within {actuator.Min}..{actuator.Max} {actuator.Unit}, such as '0..20 {actuator.Unit}'.");
        return null;
    }

    internal static string Text(IReadOnlyList<YamlEntry> entries) => string.Join(", ", entries.Select(e => $"{e.Key.Text}: {(e.Value as YamlScalar)?.Text}"));
}
