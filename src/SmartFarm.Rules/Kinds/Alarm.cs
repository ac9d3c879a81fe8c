using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds;

/// <summary><c>{ id: too-cold, when: …, until: …, severity: critical, text: … }</c>: tells people and moves nothing. Unknown neither raises nor clears it, but for <c>blind_for</c>.</summary>
internal sealed class Alarm : IRuleKind
{
    public string Name => "alarm";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => [];

    public RuleLogic? Read(RuleContext context)
    {
        var when = context.RequireCondition("when", "air_temperature < 5 °C for 10 min");
        var untilNode = context.Map.Get("until");
        var until = untilNode is null ? null : context.Condition(untilNode);
        var blindForMs = context.Map.Ms("blind_for", TimeSpan.FromSeconds(1));
        if (when is null)
        {
            return null;
        }

        HysteresisCheck.Run(when, until, untilNode as YamlScalar);
        return new AlarmLogic(new Latching(when, until), blindForMs);
    }
}
