using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Light;

/// <summary>Lamps to a daily light integral; the keys are explained in <c>docs/rules/lamps.md</c>.</summary>
internal sealed class LampsKind : IRuleKind
{
    private const double MostPpfd = 3000;
    private const double MostPhotons = 10;
    private static readonly long DefaultLeastOnMs = (long)TimeSpan.FromMinutes(30).TotalMilliseconds;

    public string Name => "lamps";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => Drives.Of(map);

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        var targets = Drives.Read(context, "{ lamps: on }");
        var period = Period(context);
        var target = context.RequireTerm("target", Units.MolPerM2, "17 mol/m2/d");
        var (light, photons) = Received(context);
        var isPhotons = light?.Unit == Units.MicromolPerM2S;
        var counts = map.Get("counts_lamps")?.AsOneOf(("yes", true), ("no", false)) ?? isPhotons;
        map.Require("lamp_ppfd", "200 umol/m2/s");
        var lamp = map.Amount("lamp_ppfd", Units.MicromolPerM2S, min: 1, max: MostPpfd);
        var (sun, offAbove) = Sun(context);
        var (expected, when) = (context.Term("expected", Units.MolPerM2), context.Condition("when"));
        var leastOn = map.Ms("least_on") ?? DefaultLeastOnMs;
        return targets is null || period is null || target is null || light is null || lamp is null ? null
            : new LampsLogic(new LampPlan(period.Value.From, period.Value.To, target, light, photons, counts, lamp.Value, expected, sun, offAbove, when, leastOn), Drives.Text(context));
    }

    /// <summary><c>04:00 to 22:00</c>.</summary>
    private static (DayPoint From, DayPoint To)? Period(RuleContext context)
    {
        if (context.Map.Require("photoperiod", "04:00 to 22:00")?.AsScalar() is not { } scalar)
        {
            return null;
        }

        var parts = scalar.Text.Split(" to ");
        if (parts.Length != 2)
        {
            scalar.Report($"'{scalar.Text}' is not a photoperiod; write for example '04:00 to 22:00' or 'sunrise - 2 h to sunset + 3 h'.");
            return null;
        }

        return context.Point(scalar, parts[0]) is { } from && context.Point(scalar, parts[1]) is { } to ? (from, to) : null;
    }

    /// <summary>What the crop receives, and µmol/m²/s for each unit of it.</summary>
    private static (Term? Light, double Photons) Received(RuleContext context)
    {
        var map = context.Map;
        var light = map.Get("light") is { } node ? context.AnyTerm(node) : context.TermOr("light", Quantities.Ppfd);
        if (light?.Unit == Units.MicromolPerM2S || light is null)
        {
            map.Get("photons")?.Report("'light' is in photons already; leave 'photons' out.");
            return (light, 1);
        }

        if (light.Unit != Units.WattPerM2)
        {
            map.Get("light")!.Report($"{light} is measured in {light.Unit?.ToString() ?? "a plain number"}; light for a crop is in µmol/m²/s, or in W/m² with 'photons'. No factor turns lux into them.");
            return (null, 1);
        }

        return (light, map.Require("photons", "1.2")?.AsNumber(0.01, MostPhotons) ?? 1);
    }

    private static (Term? Sun, double OffAbove) Sun(RuleContext context)
    {
        var map = context.Map;
        var sun = map.Get("sun") is { } node ? context.AnyTerm(node) : null;
        if (map.Get("sun") is null != map.Get("off_above") is null)
        {
            (map.Get("sun") ?? map.Get("off_above")!).Report("'sun' and 'off_above' belong together; give both, such as 'sun: site.solar_radiation' and 'off_above: 400 W/m2'.");
        }

        return sun?.Unit is { } unit ? (sun, map.Amount("off_above", unit) ?? double.PositiveInfinity) : (null, double.PositiveInfinity);
    }
}
