using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Water in cycles; the keys are explained in <c>docs/rules/irrigation.md</c>.</summary>
internal sealed class IrrigationKind : IRuleKind
{
    private static readonly long DefaultMinRestMs = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;
    private static readonly long DefaultSoakMs = (long)TimeSpan.FromMinutes(30).TotalMilliseconds;

    private static readonly string[] OfLight = ["radiation", "radiation_above", "drain"];
    private static readonly string[] OfMoisture = ["wet", "soak"];
    private static readonly string[] Reasons = ["radiation_sum", "dry", "every", "max_rest"];

    public string Name => "irrigation";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => Drives.Of(map);

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        var targets = Drives.Read(context, "{ drip_valve: on }");
        var occasions = new Occasions(
            context.Condition("when"), Light(context), Moisture(context), map.Ms("every", TimeSpan.FromMinutes(1)), map.Ms("max_rest", TimeSpan.FromMinutes(1)), map.Ms("min_rest") ?? DefaultMinRestMs);
        if (Reasons.All(key => map.Get(key) is null))
        {
            map.Report("Nothing says when a cycle begins; give 'radiation_sum: 100 J/cm2', 'dry: soil_moisture < 55 %', 'every: 2 h' or 'max_rest: 1 h'.");
        }

        var dosing = DosingReader.Read(context);
        var safeguards = SafeguardReader.Read(context, dosing);
        return targets is null || dosing is null ? null : new IrrigationLogic(occasions, dosing, safeguards, Drives.Text(context));
    }

    private static LightSum? Light(RuleContext context)
    {
        var map = context.Map;
        var term = context.Term("radiation", Units.WattPerM2);
        var above = map.Amount("radiation_above", Units.WattPerM2);
        var drain = Drain(context);
        if (map.Amount("radiation_sum", SumUnits.JoulePerCm2, min: 1) is not { } sum)
        {
            foreach (var key in OfLight.Where(k => map.Get(k) is not null && map.Get("radiation_sum") is null))
            {
                map.Get(key)!.Report($"'{key}' means nothing without 'radiation_sum'; add it, such as 'radiation_sum: 100 J/cm2'.");
            }

            return null;
        }

        if (drain is not null && (sum < drain.LeastSum || sum > drain.MostSum))
        {
            map.Get("radiation_sums")!.Report($"'radiation_sum' lies outside of 'radiation_sums', within which drain may move it; widen the range.");
        }

        if (map.Get("radiation") is null && map.Get("radiation_sum") is YamlScalar node)
        {
            term = context.Term(node, "site.solar_radiation", Units.WattPerM2);
        }

        return term is null ? null : new LightSum(term, sum, above, drain);
    }

    private static DrainFeedback? Drain(RuleContext context)
    {
        var map = context.Map;
        if (map.Get("drain") is null)
        {
            return null;
        }

        var share = context.Term("drain", Units.Percent);
        var target = map.Require("drain_target", "15..25 %")?.Range(Units.Percent);
        var sums = map.Require("radiation_sums", "70..140 J/cm2")?.Range(SumUnits.JoulePerCm2);
        return share is not null && target is { } wanted && sums is { } bounds ? new DrainFeedback(share, wanted.Low, wanted.High, bounds.Low, bounds.High) : null;
    }

    private static Moisture? Moisture(RuleContext context)
    {
        var (dry, wet, soak) = (context.Condition("dry"), context.Condition("wet"), context.Map.Ms("soak", TimeSpan.FromMinutes(1)));
        foreach (var key in OfMoisture.Where(k => context.Map.Get(k) is not null && context.Map.Get("dry") is null))
        {
            context.Map.Get(key)!.Report($"'{key}' means nothing without 'dry'; add it, such as 'dry: soil_moisture < 55 %'.");
        }

        if (dry is not null && wet is not null)
        {
            HysteresisCheck.Run(dry, wet, context.Map.Get("wet") as YamlScalar);
        }

        return dry is null ? null : new Moisture(dry, wet, soak ?? DefaultSoakMs);
    }
}
