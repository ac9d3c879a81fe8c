using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary><c>kind: vents</c>; the keys are explained in <c>docs/rules/vents.md</c>.</summary>
internal sealed class Vents : IRuleKind
{
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromMinutes(5);

    public string Name => "vents";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => Outputs.Of(map);

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        var targets = Outputs.Read(context, "{ roof_vent: 0..100 % }");
        var unit = (context.Slots.Count > 0 ? context.ActuatorOf(0).Unit : null) ?? Units.Percent;
        var heat = BandReader.Read(context, map, "air_temperature", isAbove: true, "ventilation", "4 K");
        var (humidity, driest, dryWhile) = Humidity(context, unit);
        var lead = map.Get("lead").AsAmount(Units.Percent) ?? 0;
        if (lead is < 0 or >= 100)
        {
            map.Get("lead")!.Report("The lead of the lee side is from 0 % to below 100 %.");
        }

        var minimum = context.Term("minimum", unit);
        var when = context.Condition("when");
        var limits = new VentLimitReader(context, unit).Read(VentsPlan.OwnMemory);
        var sides = Sides(context, VentsPlan.OwnMemory + (limits.Count * VentLimit.Size));
        return targets is null || heat is null
            ? null
            : new VentsLogic(new VentsPlan(heat, lead / 100, humidity, driest, dryWhile, minimum, when, sides, limits, unit), targets);
    }

    /// <summary><c>humidity: { measure: relative_humidity, set_point: 85 %, band: 5 %, most: 15 %, while: air_temperature > heating - 1 K }</c>.</summary>
    private static (BandPlan? Band, double Most, Language.Expression? While) Humidity(RuleContext context, Unit unit)
    {
        if (context.Map.Get("humidity")?.AsMap() is not { } map)
        {
            return (null, 0, null);
        }

        var band = BandReader.Read(context, map, "relative_humidity", isAbove: true, "85 %", "5 %");
        var most = map.Require("most", $"15 {unit}").AsAmount(unit) ?? 0;
        var dryWhile = map.Get("while") is { } node ? context.Condition(node) : null;
        map.ReportUnknownKeys();
        return (band, most, dryWhile);
    }

    /// <summary><c>faces: { vent_east: 90 °, vent_west: 270 ° }</c>, and what the direction of the wind is.</summary>
    private static WindSides? Sides(RuleContext context, int memory)
    {
        var map = context.Map;
        var direction = context.Term("wind_direction", Units.Degree);
        var delay = map.Get("swap_after")?.AsDuration() ?? DefaultDelay;
        if (map.Get("faces")?.AsMap() is not { } written)
        {
            return null;
        }

        var faces = new double[context.Slots.Count];
        Array.Fill(faces, double.NaN);
        foreach (var (key, node) in written.Entries)
        {
            var slot = context.Slots.ToList().IndexOf(key.Text);
            if (slot < 0)
            {
                key.Report($"'faces' names '{key.Text}', which 'set' does not; {Suggestion.For(key.Text, [.. context.Slots])}");
            }
            else if (node.AsAmount(Units.Degree) is { } angle)
            {
                faces[slot] = angle;
            }
        }

        direction ??= context.Usual("site.wind_direction");
        return direction is null ? null : new WindSides(direction, faces, (long)delay.TotalMilliseconds, memory);
    }
}
