using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Air;

/// <summary>Dosing of CO₂; the keys are explained in <c>docs/rules/co2.md</c>.</summary>
internal sealed class Co2Kind : IRuleKind
{
    private const double DefaultFloor = 450;
    private const double DefaultBand = 100;
    private const double DefaultMax = 2000;
    private const double MostMax = 5000;

    public string Name => "co2";

    /// <summary>Gas that nobody watches is a danger: nothing is dosed while something is unknown.</summary>
    public TimeSpan DefaultHold => TimeSpan.Zero;

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => Drives.Of(map);

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        var targets = Drives.Read(context, "{ co2_valve: on }");
        var co2 = context.TermOr("co2", Quantities.Co2);
        var target = context.RequireTerm("target", Units.Ppm, "800 ppm");
        var light = Shares.Read(context, "light");
        if (light.Length > 1)
        {
            map.Get("light")!.Report("'light' is one value with its range; leave the others out.");
        }

        var plan = new Co2Plan(
            co2!, target!, map.Amount("floor", Units.Ppm) ?? DefaultFloor, light.FirstOrDefault(), Shares.Read(context, "vents"), context.Condition("when"),
            map.Amount("band", Units.Ppm, min: 1) ?? DefaultBand, map.Amount("max", Units.Ppm, max: MostMax) ?? DefaultMax);
        if (targets is null || co2 is null || target is null || context.Slots.Count == 0)
        {
            return null;
        }

        var isSwitch = context.ActuatorOf(0).Kind == ActuatorKind.Switch;
        return new Co2Logic(plan, isSwitch, Drives.Text(context));
    }
}
