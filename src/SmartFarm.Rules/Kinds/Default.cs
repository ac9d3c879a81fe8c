using System.Text;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds;

/// <summary><c>{ id: vents-closed, set: { roof_vent: 0 % } }</c> below <c>defaults</c>: what holds while no rule asks for anything.</summary>
internal sealed class Default : IRuleKind
{
    public string Name => "default";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => (map.Get("set") as YamlMap)?.Entries.Select(e => e.Key) ?? [];

    public RuleLogic? Read(RuleContext context)
    {
        var set = context.Map.Require("set", "{ roof_vent: 0 % }")?.AsMap()?.Entries;
        if (set is null)
        {
            return null;
        }

        context.Targets(set);
        return new DefaultLogic(string.Join(", ", set.Select(e => $"{e.Key.Text}: {(e.Value as YamlScalar)?.Text}")));
    }
}

/// <summary>Asks always for the same.</summary>
internal sealed class DefaultLogic(string targets) : RuleLogic
{
    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        rule.Constants[0].CopyTo(state.Asks, 0);
        return new LogicResult(Latch.On, Ask.Set, IsBlind: false, Truth.True, Truth.False);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at) => text.Append("no rule asks for anything else");

    public override string ToString() => targets;
}
