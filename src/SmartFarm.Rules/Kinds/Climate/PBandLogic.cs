using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>Moves its actuators through their ranges in proportion to a band, with or without an integral.</summary>
/// <param name="band">The band.</param>
/// <param name="minimum">Least position, in the unit of the first actuator; null for none.</param>
/// <param name="when">It asks only while this is known to be true; null: always.</param>
/// <param name="integrator">The integral part; null for none.</param>
/// <param name="targets">Ranges as written.</param>
internal sealed class PBandLogic(BandPlan band, Term? minimum, Expression? when, Integrator? integrator, string targets) : RuleLogic
{
    public override IEnumerable<Expression> Conditions => when is null ? [] : [when];

    public override IEnumerable<Term> Terms => minimum is null ? band.Terms : [.. band.Terms, minimum];

    public override int Memory => integrator is null ? 0 : Integrator.Size;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var may = when?.Evaluate(ref at).Held ?? Truth.True;
        var (error, least) = (band.Evaluate(ref at), minimum?.Evaluate(ref at) ?? double.NegativeInfinity);
        if (may == Truth.False)
        {
            integrator?.Reset(ref state);
            return new LogicResult(Latch.Off, Ask.Nothing, IsBlind: false, Truth.False, Truth.True);
        }

        var isBlind = may == Truth.Unknown || double.IsNaN(error + least);
        var sum = integrator?.Step(ref state, isBlind ? double.NaN : error, Owns.Any(state), ref at) ?? 0;
        if (isBlind)
        {
            return Calm.Blind(state);
        }

        var share = Calm.Share(state.Outcome.Latch, Math.Clamp(error + sum, 0, 1));
        for (var slot = 0; slot < state.Asks.Length; slot++)
        {
            state.Asks[slot] = Math.Clamp(Math.Max(Outputs.At(rule, slot, share), least), rule.Constants[Outputs.Low][slot], rule.Constants[Outputs.High][slot]);
        }

        return Calm.Result(share > 0);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        if (when is not null)
        {
            when.Describe(text, ref at);
            text.Append("; ");
        }

        band.Describe(text, ref at);
        if (integrator is not null && !double.IsNaN(state.Memory[0]))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $", integral {100 * state.Memory[0]:0} %");
        }

        if (minimum is not null)
        {
            text.Append(", at least ");
            minimum.Describe(text, ref at);
        }
    }

    public override string ToString() => $"{band}\n{minimum}\n{when}\n{integrator}\n{targets}";
}
