using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Air;

/// <summary>What a dosing of CO₂ goes by. Concentrations in ppm.</summary>
/// <param name="Co2">What measures.</param>
/// <param name="Target">What to hold in full light with closed vents.</param>
/// <param name="Floor">What to hold without light, or with open vents.</param>
/// <param name="Light">Light; null: it does not matter.</param>
/// <param name="Vents">Vents, the most open one counts.</param>
/// <param name="When">Dose only while this is known to be true; null: always.</param>
/// <param name="Band">A switch goes on this far below the level; a valve closes over it.</param>
/// <param name="Max">From here on nothing is dosed.</param>
internal sealed record Co2Plan(Term Co2, Term Target, double Floor, Share? Light, Share[] Vents, Expression? When, double Band, double Max);

/// <summary>Doses CO₂ towards a level that falls with less light and with open vents.</summary>
/// <param name="plan">What it goes by.</param>
/// <param name="isSwitch">Whether it is dosed by a switch, not by a valve with positions.</param>
/// <param name="targets">Its targets as written.</param>
internal sealed class Co2Logic(Co2Plan plan, bool isSwitch, string targets) : RuleLogic
{
    public override IEnumerable<Expression> Conditions => plan.When is null ? [] : [plan.When];

    public override IEnumerable<Term> Terms => [plan.Co2, plan.Target, .. plan.Vents.Select(v => v.Value), .. new[] { plan.Light?.Value }.OfType<Term>()];

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var when = plan.When?.Evaluate(ref at).Held ?? Truth.True;
        var co2 = plan.Co2.Evaluate(ref at);
        var wanted = Wanted(ref at);
        if (when == Truth.False || wanted <= plan.Floor)
        {
            return Dose(rule, ref state, 0);
        }

        var isUnknown = when == Truth.Unknown || double.IsNaN(co2) || double.IsNaN(wanted);
        return isUnknown ? new LogicResult(state.Outcome.Latch, state.Outcome.Ask, IsBlind: true, Truth.Unknown, Truth.Unknown)
            : Dose(rule, ref state, Part(co2, Math.Min(wanted, plan.Max), state.Outcome.Latch == Latch.On));
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        plan.Co2.Describe(text, ref at);
        text.Append(" for ").Append(Term.Number(Math.Min(Wanted(ref at), plan.Max), plan.Co2.Unit));
        foreach (var share in Shares)
        {
            text.Append(", ");
            share.Value.Describe(text, ref at);
        }

        if (plan.When is { } when)
        {
            text.Append("; doses while ");
            when.Describe(text, ref at);
        }
    }

    public override string ToString() =>
        FormattableString.Invariant($"{plan.Co2}\n{plan.Target}\n{plan.Floor:R}\n{string.Join(';', Shares)}\n{plan.When}\n{plan.Band:R}\n{plan.Max:R}\n{targets}");

    private IEnumerable<Share> Shares => plan.Light is { } light ? plan.Vents.Prepend(light) : plan.Vents;

    /// <summary>The level to hold now; NaN when something that it goes by is not known.</summary>
    private double Wanted(ref Evaluation at)
    {
        var open = 0.0;
        foreach (var vent in plan.Vents)
        {
            open = Math.Max(open, vent.Evaluate(ref at));
        }

        var share = (plan.Light?.Evaluate(ref at) ?? 1) * (1 - open);
        return plan.Floor + ((plan.Target.Evaluate(ref at) - plan.Floor) * share);
    }

    private double Part(double co2, double wanted, bool isOn)
    {
        if (!isSwitch)
        {
            return Math.Clamp((wanted - co2) / plan.Band, 0, 1);
        }

        return co2 < wanted - plan.Band || (isOn && co2 < wanted) ? 1 : 0;
    }

    private static LogicResult Dose(ZoneRule rule, ref RuleState state, double part)
    {
        for (var slot = 0; slot < state.Asks.Length; slot++)
        {
            var (full, none) = (rule.Constants[0][slot], rule.Constants[1][slot]);
            state.Asks[slot] = none + (part * (full - none));
        }

        return part > 0 ? new LogicResult(Latch.On, Ask.Set, false, Truth.True, Truth.False) : new LogicResult(Latch.Off, Ask.Otherwise, false, Truth.False, Truth.True);
    }
}
