using System.Text;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>What pipe heating goes by.</summary>
/// <param name="Air">The band of air temperature below the set point.</param>
/// <param name="Pipe">What the pipe measures.</param>
/// <param name="Coolest">Pipe temperature at the begin of the band, °C.</param>
/// <param name="Hottest">Pipe temperature at its end; a pipe that burns is the limit of the plant.</param>
/// <param name="Minimum">Minimum pipe: a warm pipe that keeps the crop dry and active; null for none.</param>
/// <param name="ValveBandK">Error of the pipe that opens the valve all the way, K.</param>
/// <param name="When">It asks only while this is known to be true; null: always.</param>
internal sealed record PipePlan(BandPlan Air, Term Pipe, double Coolest, double Hottest, Term? Minimum, double ValveBandK, Expression? When)
{
    public override string ToString() => FormattableString.Invariant($"{Air}\n{Pipe}\n{Coolest:R}..{Hottest:R}\n{Minimum}\n{ValveBandK:R}\n{When}");
}

/// <summary>
/// Two controls, one in the other: the air asks for a pipe temperature, and the valve brings the pipe there. Pipes answer in minutes and air in an hour, so each
/// gets its own.
/// </summary>
/// <param name="plan">What it goes by.</param>
/// <param name="air">Integral part of the air; null for none.</param>
/// <param name="valve">Integral part of the pipe.</param>
/// <param name="targets">Ranges as written.</param>
internal sealed class PipeHeating(PipePlan plan, Integrator? air, Integrator valve, string targets) : RuleLogic
{
    /// <summary>Remembered: pipe temperature that is wanted, °C.</summary>
    private const int Wanted = 2 * Integrator.Size;

    public override IEnumerable<Expression> Conditions => plan.When is null ? [] : [plan.When];

    public override IEnumerable<Term> Terms => plan.Minimum is null ? [.. plan.Air.Terms, plan.Pipe] : [.. plan.Air.Terms, plan.Pipe, plan.Minimum];

    public override int Memory => Wanted + 1;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var may = plan.When?.Evaluate(ref at).Held ?? Truth.True;
        var (cold, pipe, least) = (plan.Air.Evaluate(ref at), plan.Pipe.Evaluate(ref at), plan.Minimum?.Evaluate(ref at) ?? double.NegativeInfinity);
        if (may == Truth.False)
        {
            air?.Reset(ref state);
            valve.Reset(ref state);
            return new LogicResult(Latch.Off, Ask.Nothing, IsBlind: false, Truth.False, Truth.True);
        }

        var isBlind = may == Truth.Unknown || double.IsNaN(cold + pipe + least);
        var owns = Owns.Any(state);
        var share = Math.Clamp(cold + (air?.Step(ref state, isBlind ? double.NaN : cold, owns, ref at) ?? 0), 0, 1);
        var wanted = Math.Min(Math.Max(share > 0 ? plan.Coolest + (share * (plan.Hottest - plan.Coolest)) : double.NegativeInfinity, least), plan.Hottest);
        state.Memory[Wanted] = isBlind ? state.Memory[Wanted] : wanted;
        var error = (wanted - pipe) / plan.ValveBandK;
        var opening = valve.Step(ref state, isBlind ? double.NaN : Math.Max(error, -1), owns, ref at);
        if (isBlind)
        {
            return Calm.Blind(state);
        }

        opening = double.IsNegativeInfinity(wanted) ? 0 : Math.Clamp(error + opening, 0, 1);
        Outputs.Ask(rule, ref state, Calm.Share(state.Outcome.Latch, opening));
        return Calm.Result(Calm.Share(state.Outcome.Latch, opening) > 0);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        plan.Air.Describe(text, ref at);
        text.Append("; ");
        plan.Pipe.Describe(text, ref at);
        var wanted = state.Memory[Wanted];
        text.Append(double.IsFinite(wanted) ? " for " + Term.Number(wanted, Units.Celsius) : ", no heat wanted");
        if (plan.Minimum is { } minimum)
        {
            text.Append(", at least ");
            minimum.Describe(text, ref at);
        }
    }

    public override string ToString() => $"{plan}\n{air}\n{valve}\n{targets}";
}
