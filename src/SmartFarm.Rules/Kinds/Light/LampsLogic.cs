using System.Text;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Light;

/// <summary>What lamps go by.</summary>
/// <param name="From">Begin of the photoperiod.</param>
/// <param name="To">End of it; at or before <paramref name="From"/>: on the next day.</param>
/// <param name="Target">Light a day, mol/m².</param>
/// <param name="Light">What the crop receives.</param>
/// <param name="Photons">µmol/m²/s for each unit of it.</param>
/// <param name="CountsLamps">Whether it sees the lamps.</param>
/// <param name="LampPpfd">What the lamps give at the crop, µmol/m²/s.</param>
/// <param name="Expected">Light that still comes today for free, mol/m²; null: none.</param>
/// <param name="Sun">Sun, against which lamps need not burn; null: they do.</param>
/// <param name="OffAbove">Off above this, on again below three quarters of it.</param>
/// <param name="When">Only while this is known to be true; null: always.</param>
/// <param name="LeastOnMs">Shortest burning.</param>
internal sealed record LampPlan(
    DayPoint From, DayPoint To, Term Target, Term Light, double Photons, bool CountsLamps, double LampPpfd, Term? Expected, Term? Sun, double OffAbove, Expression? When, long LeastOnMs);

/// <summary>
/// Lamps as late in the photoperiod as still reaches the target: on when what they can give until its end is no more than what is missing, off
/// when nothing is missing, or when the sun has brought so much that they can wait.
/// </summary>
/// <param name="plan">What it goes by.</param>
/// <param name="targets">Its targets as written.</param>
internal sealed class LampsLogic(LampPlan plan, string targets) : RuleLogic
{
    private const double SunBack = 0.75;
    private const int SunBright = 0;
    private const int LitSince = 1;

    private readonly LightCount _count = new(plan);

    public override IEnumerable<Expression> Conditions => plan.When is null ? [] : [plan.When];

    public override IEnumerable<Term> Terms => [.. new[] { plan.Light, plan.Target, plan.Expected, plan.Sun }.OfType<Term>()];

    public override int Memory => 2 + LightCount.Memory;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var isOn = state.Outcome is { Latch: Latch.On, Ask: Ask.Set };
        var photons = _count.Count(ref state, isOn, ref at);
        var (isInside, endMs) = Photoperiod.At(plan.From, plan.To, ref at);
        var when = plan.When?.Evaluate(ref at).Held ?? Truth.True;
        var missing = Missing(state, ref at);
        var isDark = IsDark(ref state, ref at);
        if (!isInside || when == Truth.False || isDark == Truth.False)
        {
            return Light(rule, ref state, false, at.NowMs);
        }

        if (double.IsNaN(missing + photons) || when == Truth.Unknown || isDark == Truth.Unknown)
        {
            return new LogicResult(state.Outcome.Latch, state.Outcome.Ask, IsBlind: true, Truth.Unknown, Truth.Unknown);
        }

        return Light(rule, ref state, Burns(state, isOn, missing, photons, endMs, ref at), at.NowMs);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        text.Append(Term.Number(Received(state), Units.MolPerM2)).Append(" received of ").Append(Term.Number(plan.Target.Evaluate(ref at), Units.MolPerM2));
        text.Append($", photoperiod {plan.From} to {plan.To}, ");
        plan.Light.Describe(text, ref at);
        foreach (var term in new[] { plan.Expected, plan.Sun }.OfType<Term>())
        {
            text.Append(", ");
            term.Describe(text, ref at);
        }

        if (plan.When is { } when)
        {
            text.Append("; only while ");
            when.Describe(text, ref at);
        }
    }

    public override string ToString() => FormattableString.Invariant(
        $"{plan.From}\n{plan.To}\n{plan.Target}\n{plan.Light}\n{plan.Photons:R}\n{plan.CountsLamps}\n{plan.LampPpfd:R}\n{plan.Expected}\n{plan.Sun}\n{plan.OffAbove:R}\n{plan.When}\n{plan.LeastOnMs}\n{targets}");

    private static double Received(in RuleState state) => LightCount.Received(state);

    private double Missing(in RuleState state, ref Evaluation at) =>
        plan.Target.Evaluate(ref at) - Received(state) - (plan.Expected?.Evaluate(ref at) ?? 0);

    /// <summary>Whether the sun leaves lamps something to do.</summary>
    private Truth IsDark(ref RuleState state, ref Evaluation at)
    {
        if (plan.Sun is not { } sun)
        {
            return Truth.True;
        }

        var bright = sun.Evaluate(ref at);
        var isBright = bright > plan.OffAbove || (state.Memory[SunBright] > 0 && !(bright < SunBack * plan.OffAbove));
        state.Memory[SunBright] = isBright ? 1 : 0;
        return double.IsNaN(bright) ? Truth.Unknown : isBright ? Truth.False : Truth.True;
    }

    private bool Burns(in RuleState state, bool isOn, double missing, double photons, long endMs, ref Evaluation at)
    {
        var spare = LightCount.Mol(plan.LampPpfd, endMs - at.NowMs) - missing;
        if (!isOn)
        {
            // While they are off what is spare melts by what the lamps could have given, less what the sun gives.
            Due(spare, plan.LampPpfd - photons, ref at);
            return missing > 0 && spare <= LightCount.Rounding;
        }

        var leastMs = (state.Time(LitSince) ?? at.NowMs) + plan.LeastOnMs;
        at.Due(leastMs);
        Due(missing, photons, ref at);
        var wait = LightCount.Mol(plan.LampPpfd, 2 * plan.LeastOnMs);
        Due(wait - spare, photons - plan.LampPpfd, ref at);
        return at.NowMs < leastMs || (missing > LightCount.Rounding && spare < wait - LightCount.Rounding);
    }

    /// <summary>Asks to be woken when an amount (mol/m²) has gone at a rate (µmol/m²/s).</summary>
    private static void Due(double amount, double rate, ref Evaluation at)
    {
        if (amount > 0 && rate > 0)
        {
            at.Due(at.NowMs + WholeMs.Of(Math.Min(amount / LightCount.Mol(rate, 1), TimeSpan.MillisecondsPerDay)));
        }
    }

    private static LogicResult Light(ZoneRule rule, ref RuleState state, bool isOn, long nowMs)
    {
        if (isOn && state.Time(LitSince) is null)
        {
            state.SetTime(LitSince, nowMs);
        }
        else if (!isOn)
        {
            state.Memory[LitSince] = double.NaN;
        }

        rule.Constants[isOn ? 0 : 1].CopyTo(state.Asks, 0);
        return new LogicResult(isOn ? Latch.On : Latch.Off, isOn ? Ask.Set : Ask.Otherwise, IsBlind: false, isOn ? Truth.True : Truth.False, isOn ? Truth.False : Truth.True);
    }
}
