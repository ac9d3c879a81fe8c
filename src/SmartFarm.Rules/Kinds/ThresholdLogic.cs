using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds;

/// <summary>On from <c>when</c> until <c>until</c>: asks for one set of targets while it is on, and may ask for another while it is off.</summary>
/// <param name="latching">Its start and end.</param>
/// <param name="isLimit">Whether its targets are limits.</param>
/// <param name="hasOtherwise">Whether it asks for anything while it is off.</param>
/// <param name="targets">Its targets as written.</param>
internal sealed class ThresholdLogic(Latching latching, bool isLimit, bool hasOtherwise, string targets) : RuleLogic
{
    public override IEnumerable<Expression> Conditions => latching.Conditions;

    public override bool IsLimit => isLimit;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var before = state.Outcome.Latch;
        var (latch, isBlind, start, end) = latching.Run(before, ref at);
        var ask = latch == before ? state.Outcome.Ask : latch == Latch.On ? Ask.Set : hasOtherwise ? Ask.Otherwise : Ask.Nothing;
        if (ask is Ask.Set or Ask.Otherwise && rule.Constants.Length > 0)
        {
            rule.Constants[ask == Ask.Set ? 0 : 1].CopyTo(state.Asks, 0);
            if (isLimit)
            {
                rule.Constants[1].CopyTo(state.Highs, 0);
            }
        }

        return new LogicResult(latch, ask, isBlind, start, end);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at) => latching.Describe(text, state.Outcome, ref at);

    public override string ToString() => $"{latching}\n{isLimit}\n{targets}";
}
