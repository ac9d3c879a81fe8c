using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Air;

/// <summary>Fog in pulses; the keys are explained in <c>docs/rules/fogging.md</c>.</summary>
internal sealed class FoggingKind : IRuleKind
{
    private const double MostDuty = 50;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly long LongestPulseMs = (long)TimeSpan.FromSeconds(60).TotalMilliseconds;
    private static readonly long DefaultPulseMs = (long)TimeSpan.FromSeconds(30).TotalMilliseconds;
    private static readonly long DefaultLongestRestMs = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;

    public string Name => "fogging";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => Drives.Of(map);

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        var targets = Drives.Read(context, "{ fog: on }");
        var dryness = map.Get("dryness") is { } node ? context.AnyTerm(node) : context.TermOr("dryness", Quantities.Vpd);
        if (dryness is null)
        {
            return null;
        }

        var start = context.RequireTerm("start", dryness.Unit, "1.6 kPa");
        var stop = context.RequireTerm("stop", dryness.Unit, "1.2 kPa");
        var full = context.Term("full", dryness.Unit);
        var pulse = map.Ms("pulse", Second) ?? DefaultPulseMs;
        if (pulse > LongestPulseMs)
        {
            map.Get("pulse")!.Report("A pulse is at most 60 s long, so that leaves stay dry; raise 'duty' in its place.");
        }

        if (start is Language.Terms.Literal a && stop is Language.Terms.Literal b && b.Value >= a.Value)
        {
            map.Get("stop")!.Report($"'stop' must be less dry than 'start' ({start}); choose a lower value.");
        }

        var plan = new FogPlan(
            dryness, start!, stop!, full, context.Condition("when"), pulse, (map.Amount("duty", Units.Percent, min: 1, max: MostDuty) ?? MostDuty) / 100,
            map.Ms("longest_rest", Second) ?? DefaultLongestRestMs);
        return targets is null || start is null || stop is null ? null : new FoggingLogic(plan, Drives.Text(context));
    }
}
