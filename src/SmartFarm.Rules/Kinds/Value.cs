using System.Text;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds;

/// <summary>A named value that other rules may use: <c>{ id: deficit, value: heating - air_temperature }</c>. Unknown while what it is made of is.</summary>
internal sealed class Value : IRuleKind
{
    public string Name => "value";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => [];

    public RuleLogic? Read(RuleContext context) =>
        context.Map.Require("value", "air_temperature - dew_point") is { } node && context.AnyTerm(node) is { } term ? new ValueLogic(term) : null;
}

/// <summary>Computes a term.</summary>
internal sealed class ValueLogic(Term term) : RuleLogic
{
    public override IEnumerable<Term> Terms => [term];

    public override int Memory => 1;

    public override Unit? OutputUnit => term.Unit;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var value = term.Evaluate(ref at);
        state.Memory[0] = value;
        return double.IsNaN(value) ? new LogicResult(Latch.Idle, Ask.Nothing, IsBlind: true, Truth.Unknown, Truth.Unknown) : new LogicResult(Latch.On, Ask.Nothing, IsBlind: false, Truth.True, Truth.False);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at) => term.Describe(text, ref at);

    public override string ToString() => term.ToString();
}
