using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>What a continuous rule moves: <c>set: { roof_vent: 0..60 % }</c>, two lists of constants, the lower ends and the upper ones.</summary>
internal static class Outputs
{
    public const int Low = 0;
    public const int High = 1;

    public static IEnumerable<YamlScalar> Of(YamlMap map) => (map.Get("set") as YamlMap)?.Entries.Select(e => e.Key) ?? [];

    /// <summary>Reads the ranges; gives what was written for the meaning of the rule, null when nothing can be moved.</summary>
    public static string? Read(RuleContext context, string example)
    {
        if (context.Map.Require("set", example)?.AsMap() is not { } set)
        {
            return null;
        }

        if (set.Entries.Count == 0)
        {
            set.Report($"'set' is empty, so the rule would do nothing; write for example '{example}'.");
            return null;
        }

        context.Add(set.Entries, (node, actuator) => Range(node, actuator)?.Low);
        context.Add(set.Entries, (node, actuator) => Range(node, actuator)?.High);
        return string.Join(", ", set.Entries.Select(e => $"{e.Key.Text}: {(e.Value as YamlScalar)?.Text}"));
    }

    /// <summary>Asks for a share of the range of every slot.</summary>
    public static void Ask(ZoneRule rule, ref RuleState state, double share)
    {
        for (var slot = 0; slot < state.Asks.Length; slot++)
        {
            state.Asks[slot] = At(rule, slot, share);
        }
    }

    /// <summary>The position that lies at a share of the range of a slot; NaN where the zone has no such actuator.</summary>
    public static double At(ZoneRule rule, int slot, double share) =>
        rule.Constants[Low][slot] + (share * (rule.Constants[High][slot] - rule.Constants[Low][slot]));

    /// <summary><c>0..60 %</c>, in the unit and range of the actuator.</summary>
    private static (double Low, double High)? Range(YamlNode node, Actuator actuator)
    {
        if (node.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (actuator.Kind == ActuatorKind.Switch)
        {
            scalar.Report($"{actuator.Id} is a switch and has no positions between; use 'kind: heating' with stages, or a threshold.");
            return null;
        }

        var unit = actuator.Unit ?? Units.Percent;
        if (Span.TryParse(scalar.Text, out var span) && span.Unit.ConvertsTo(unit))
        {
            var (low, high) = (span.Unit.Convert(span.From, unit), span.Unit.Convert(span.To, unit));
            if (low >= actuator.Min && high <= actuator.Max && low < high)
            {
                return (low, high);
            }
        }

        scalar.Report($"'{scalar.Text}' is not a range of {actuator.Id}; write it within {actuator.Min}..{actuator.Max} {unit}, such as '{actuator.Min}..{actuator.Max} {unit}'.");
        return null;
    }
}
