using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>
/// <c>kind: p-band</c> moves actuators in proportion to how far a value has gone through a band; <c>kind: pi</c> also takes away what remains, by an integral.
/// The keys are explained in <c>docs/rules/p-band.md</c> and <c>docs/rules/pi.md</c>.
/// </summary>
internal sealed class PBand(bool hasIntegral) : IRuleKind
{
    private static readonly TimeSpan LeastIntegral = TimeSpan.FromMinutes(1);

    public string Name => hasIntegral ? "pi" : "p-band";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => Outputs.Of(map);

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        var targets = Outputs.Read(context, "{ roof_vent: 0..100 % }");
        var band = BandReader.Read(context, map, "air_temperature", isAbove: true, "ventilation", "4 K");
        var minimum = targets is not null && context.Slots.Count > 0 ? context.Term("minimum", context.ActuatorOf(0).Unit) : null;
        var when = context.Condition("when");
        var integral = hasIntegral ? map.Require("integral", "20 min")?.AsDuration(LeastIntegral) : null;
        if (targets is null || band is null || (hasIntegral && integral is null))
        {
            return null;
        }

        return new PBandLogic(band, minimum, when, integral is { } time ? new Integrator((long)time.TotalMilliseconds, 0) : null, targets);
    }
}
