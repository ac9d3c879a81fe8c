using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary><c>kind: screen</c>, for energy and shade; the keys are explained in <c>docs/rules/screen.md</c>.</summary>
internal sealed class Screen : IRuleKind
{
    private static readonly TimeSpan DefaultEach = TimeSpan.FromMinutes(3);

    public string Name => "screen";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => Outputs.Of(map);

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        var targets = Outputs.Read(context, "{ energy_screen: 0..100 % }");
        if (context.Slots.Count > 1)
        {
            map.Get("set")!.Report("A screen rule draws one screen; write one rule for each.");
        }

        var unit = (context.Slots.Count > 0 ? context.ActuatorOf(0).Unit : null) ?? Units.Percent;
        var levels = Levels(context, unit);
        var gap = Gap(context, unit);
        var opening = Opening(map, unit);
        return targets is null || levels is null || context.Slots.Count != 1 ? null : new ScreenLogic(new ScreenPlan(levels, gap, opening), targets);
    }

    /// <summary><c>close</c> and <c>open</c>, or a list of <c>levels</c> with <c>when</c>, <c>until</c> and <c>closed</c>.</summary>
    private static List<ScreenLevel>? Levels(RuleContext context, Unit unit)
    {
        var map = context.Map;
        if (map.Get("levels") is null)
        {
            return Latching(context, map, "close", "open") is { } only ? [new ScreenLevel(only, double.PositiveInfinity)] : null;
        }

        var levels = new List<ScreenLevel>();
        foreach (var level in map.Maps("levels"))
        {
            var latching = Latching(context, level, "when", "until");
            var closed = level.Require("closed", $"70 {unit}").AsAmount(unit);
            level.ReportUnknownKeys();
            if (latching is not null && closed is { } position)
            {
                levels.Add(new ScreenLevel(latching, position));
            }
        }

        if (levels.Count == 0)
        {
            map.Get("levels")!.Report("A screen needs at least one level, such as '{ when: site.solar_radiation > 600 W/m2 for 5 min, until: site.solar_radiation < 450 W/m2 for 15 min, closed: 50 % }'.");
        }

        return levels.Count == 0 ? null : levels;
    }

    private static ScreenGap? Gap(RuleContext context, Unit unit)
    {
        if (context.Map.Get("gap")?.AsMap() is not { } map)
        {
            return null;
        }

        var latching = Latching(context, map, "when", "until");
        var (step, most) = (Positive(map, "step", "3", unit), Positive(map, "most", "12", unit));
        var each = map.Get("each")?.AsDuration(TimeSpan.FromSeconds(10)) ?? DefaultEach;
        map.ReportUnknownKeys();
        return latching is null || step is null || most is null ? null : new ScreenGap(latching, step.Value, most.Value, (long)each.TotalMilliseconds);
    }

    private static ScreenOpening? Opening(YamlMap rule, Unit unit)
    {
        if (rule.Get("opening")?.AsMap() is not { } map)
        {
            return null;
        }

        var (step, upTo) = (Positive(map, "step", "4", unit), Positive(map, "up_to", "20", unit));
        var each = map.Get("each")?.AsDuration(TimeSpan.FromSeconds(10)) ?? DefaultEach;
        map.ReportUnknownKeys();
        return step is null || upTo is null ? null : new ScreenOpening(step.Value, upTo.Value, (long)each.TotalMilliseconds);
    }

    private static double? Positive(YamlMap map, string key, string example, Unit unit)
    {
        var value = map.Require(key, $"{example} {unit}").AsAmount(unit);
        if (value <= 0)
        {
            map.Get(key)!.Report($"'{key}' is above 0; write for example '{key}: {example} {unit}'.");
            return null;
        }

        return value;
    }

    private static Latching? Latching(RuleContext context, YamlMap map, string whenKey, string untilKey)
    {
        var when = map.Require(whenKey, "site.air_temperature < 5 °C and site.solar_radiation < 20 W/m2 for 10 min") is { } start ? context.Condition(start) : null;
        var until = map.Get(untilKey) is { } end ? context.Condition(end) : null;
        if (when is null)
        {
            return null;
        }

        HysteresisCheck.Run(when, until, map.Get(untilKey) as YamlScalar);
        return new Latching(when, until);
    }
}
