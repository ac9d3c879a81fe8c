using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>Draws a screen for as many reasons as there are, lets a gap open in steps, and opens it gently.</summary>
/// <param name="plan">What it goes by.</param>
/// <param name="targets">Range as written.</param>
internal sealed class ScreenLogic(ScreenPlan plan, string targets) : RuleLogic
{
    public override IEnumerable<Expression> Conditions => [.. plan.Levels.SelectMany(l => l.Latching.Conditions), .. plan.Gap?.Latching.Conditions ?? []];

    public override int Memory => ScreenPlan.FirstLevel + plan.Levels.Count;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var low = rule.Constants[Outputs.Low][0];
        var (wanted, sees, isKnown) = (low, true, true);
        for (var i = 0; i < plan.Levels.Count; i++)
        {
            var (latch, isBlind) = LatchMemory.Look(plan.Levels[i].Latching, ref state, ScreenPlan.FirstLevel + i, ref at);
            wanted = latch == Latch.On ? Math.Max(wanted, plan.Levels[i].Closed) : wanted;
            sees &= !isBlind;
            isKnown &= latch != Latch.Idle;
        }

        var gap = Gap(ref state, wanted > low, ref at);
        if (!sees || (!isKnown && wanted == low))
        {
            return Calm.Blind(state);
        }

        wanted = Math.Min(wanted, rule.Constants[Outputs.High][0]);
        state.Asks[0] = wanted > low ? Math.Max(low, wanted - gap) : Opening(rule, ref state, ref at);
        return Calm.Result(state.Asks[0] > low);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        for (var i = 0; i < plan.Levels.Count; i++)
        {
            text.Append(i > 0 ? "; " : "");
            LatchMemory.Describe(text, plan.Levels[i].Latching, state, ScreenPlan.FirstLevel + i, ref at);
        }

        if (plan.Gap is not null && state.Memory[ScreenPlan.Steps] > 0)
        {
            text.Append("; gap of ").Append(Term.Number(GapOf(state), rule.Slots[0]?.Unit)).Append(" because ");
            LatchMemory.Describe(text, plan.Gap.Latching, state, ScreenPlan.GapLatch, ref at);
        }
    }

    public override string ToString() => $"{string.Join(';', plan.Levels)}\n{plan.Gap}\n{plan.Opening}\n{targets}";

    /// <summary>Time of a step when enough has passed since the last one.</summary>
    private static bool IsTime(ref RuleState state, int memory, long eachMs, ref Evaluation at)
    {
        var next = state.Time(memory) is { } last ? last + eachMs : at.NowMs;
        at.Due(next);
        if (at.NowMs < next)
        {
            return false;
        }

        state.SetTime(memory, at.NowMs);
        at.Due(at.NowMs + eachMs);
        return true;
    }

    private double GapOf(in RuleState state) => plan.Gap is { } gap ? Math.Min(gap.Most, state.Memory[ScreenPlan.Steps] * gap.Step) : 0;

    private double Gap(ref RuleState state, bool isDrawn, ref Evaluation at)
    {
        if (plan.Gap is not { } gap)
        {
            return 0;
        }

        var (latch, _) = LatchMemory.Look(gap.Latching, ref state, ScreenPlan.GapLatch, ref at);
        var steps = double.IsNaN(state.Memory[ScreenPlan.Steps]) || !isDrawn ? 0 : state.Memory[ScreenPlan.Steps];
        var way = latch == Latch.On && steps * gap.Step < gap.Most ? 1 : latch == Latch.Off && steps > 0 ? -1 : 0;
        if (isDrawn && way != 0 && IsTime(ref state, ScreenPlan.Stepped, gap.EachMs, ref at))
        {
            steps += way;
        }

        state.Memory[ScreenPlan.Steps] = steps;
        return GapOf(state);
    }

    private double Opening(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var (low, high, now) = (rule.Constants[Outputs.Low][0], rule.Constants[Outputs.High][0], state.Asks[0]);
        if (plan.Opening is not { } opening || double.IsNaN(now) || now <= high - opening.UpTo || now <= low)
        {
            return low;
        }

        if (!IsTime(ref state, ScreenPlan.Opened, opening.EachMs, ref at))
        {
            return now;
        }

        return now - opening.Step <= high - opening.UpTo ? low : Math.Max(low, now - opening.Step);
    }
}
