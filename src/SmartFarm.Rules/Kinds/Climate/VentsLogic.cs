using System.Text;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>What vents go by.</summary>
/// <param name="Heat">The band over which they open against heat.</param>
/// <param name="Lead">Share of the way that the lee side goes before the wind side begins, 0 to below 1.</param>
/// <param name="Humidity">The band over which they open against humidity; null for none.</param>
/// <param name="Driest">Opening at the end of that band.</param>
/// <param name="DryWhile">They open against humidity only while this is known to be true; null: always.</param>
/// <param name="Minimum">Least opening; null for none.</param>
/// <param name="When">They are asked for only while this is known to be true; null: always.</param>
/// <param name="Sides">Lee and wind side; null where no vent faces any.</param>
/// <param name="Limits">How far they may open.</param>
/// <param name="Unit">Unit of openings.</param>
internal sealed record VentsPlan(
    BandPlan Heat, double Lead, BandPlan? Humidity, double Driest, Expression? DryWhile, Term? Minimum, Expression? When, WindSides? Sides, IReadOnlyList<VentLimit> Limits, Unit Unit)
{
    /// <summary>The remembered share of the band of humidity, which stays while humidity is not known.</summary>
    public const int HumidShare = 0;

    /// <summary>Numbers before those of limits.</summary>
    public const int OwnMemory = 1;

    public int Memory => OwnMemory + (Limits.Count * VentLimit.Size) + (Sides?.Size ?? 0);
}

/// <summary>Opens vents against heat and humidity, lee side first, as far as wind, rain and frost allow.</summary>
/// <param name="plan">What they go by.</param>
/// <param name="targets">Ranges as written.</param>
internal sealed class VentsLogic(VentsPlan plan, string targets) : RuleLogic
{
    public override IEnumerable<Expression> Conditions =>
        [.. plan.Limits.SelectMany(l => l.Conditions), .. new[] { plan.When, plan.DryWhile }.OfType<Expression>()];

    public override IEnumerable<Term> Terms =>
        [.. plan.Heat.Terms, .. plan.Humidity?.Terms ?? [], .. plan.Limits.SelectMany(l => l.Terms), .. new[] { plan.Minimum, plan.Sides?.Direction }.OfType<Term>()];

    public override int Memory => plan.Memory;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var may = plan.When?.Evaluate(ref at).Held ?? Truth.True;
        var (heat, least) = (plan.Heat.Evaluate(ref at), plan.Minimum?.Evaluate(ref at) ?? 0);
        var floor = Math.Max(least, Humid(ref state, ref at) * plan.Driest);
        plan.Sides?.Look(ref state, ref at);
        var sees = true;
        foreach (var limit in plan.Limits)
        {
            sees &= limit.Look(ref state, ref at);
        }

        if (may == Truth.False)
        {
            return new LogicResult(Latch.Off, Ask.Nothing, IsBlind: false, Truth.False, Truth.True);
        }

        if (may == Truth.Unknown || double.IsNaN(heat + floor) || !IsLimited(state))
        {
            return Calm.Blind(state);
        }

        var share = Calm.Share(state.Outcome.Latch, Math.Clamp(heat, 0, 1));
        var acts = false;
        for (var slot = 0; slot < state.Asks.Length; slot++)
        {
            var wanted = Opening(rule, state, slot, share, floor);
            state.Asks[slot] = sees || !(wanted > state.Asks[slot]) ? wanted : state.Asks[slot];
            acts |= state.Asks[slot] > rule.Constants[Outputs.Low][slot];
        }

        return Calm.Result(acts);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        plan.Heat.Describe(text, ref at);
        if (plan.Humidity is { } humidity)
        {
            text.Append("; ");
            humidity.Describe(text, ref at);
        }

        foreach (var limit in plan.Limits)
        {
            limit.Describe(text, state, plan.Unit);
        }

        if (plan.Sides is { } sides)
        {
            text.Append("; ");
            sides.Direction.Describe(text, ref at);
        }

        if (plan.When is { } when)
        {
            text.Append("; only while ");
            when.Describe(text, ref at);
        }
    }

    public override string ToString() => FormattableString.Invariant(
        $"{plan.Heat}\n{plan.Lead:R}\n{plan.Humidity}\n{plan.Driest:R}\n{plan.DryWhile}\n{plan.Minimum}\n{plan.When}\n{plan.Sides}\n{string.Join(';', plan.Limits)}\n{targets}");

    private double Humid(ref RuleState state, ref Evaluation at)
    {
        var may = plan.DryWhile?.Evaluate(ref at).Held ?? Truth.True;
        var band = plan.Humidity?.Evaluate(ref at) ?? 0;
        var share = may == Truth.False ? 0 : may == Truth.True && !double.IsNaN(band) ? Math.Clamp(band, 0, 1) : state.Memory[VentsPlan.HumidShare];
        state.Memory[VentsPlan.HumidShare] = double.IsNaN(share) ? 0 : share;
        return state.Memory[VentsPlan.HumidShare];
    }

    /// <summary>Whether every limit has been known at least once.</summary>
    private bool IsLimited(in RuleState state)
    {
        foreach (var limit in plan.Limits)
        {
            if (double.IsNaN(limit.Most(state, isWindward: true) + limit.Most(state, isWindward: false)))
            {
                return false;
            }
        }

        return true;
    }

    private double Opening(ZoneRule rule, in RuleState state, int slot, double share, double floor)
    {
        var side = plan.Sides?.Of(state, slot) ?? Side.Both;
        var own = side == Side.Windward ? Math.Max(0, (share - plan.Lead) / (1 - plan.Lead)) : share;
        var opening = Math.Max(Outputs.At(rule, slot, own), side == Side.Windward ? 0 : floor);
        opening = Math.Clamp(opening, rule.Constants[Outputs.Low][slot], rule.Constants[Outputs.High][slot]);
        foreach (var limit in plan.Limits)
        {
            opening = Math.Min(opening, side != Side.Leeward ? limit.Most(state, isWindward: true) : opening);
            opening = Math.Min(opening, side != Side.Windward ? limit.Most(state, isWindward: false) : opening);
        }

        return opening;
    }
}
