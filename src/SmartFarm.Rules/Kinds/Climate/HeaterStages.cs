using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>One heater of several.</summary>
/// <param name="Name">Its actuator.</param>
/// <param name="BelowK">It goes on this far below the set point, K.</param>
internal sealed record HeaterStage(string Name, double BelowK)
{
    public override string ToString() => FormattableString.Invariant($"{Name} {BelowK:R}");
}

/// <summary>
/// Switches heaters on one after the other: each when it has been colder than its distance below the set point for the delay, and off when it is warmer by the
/// hysteresis. The delay lets the stage before show what it can.
/// </summary>
/// <param name="measure">What is measured.</param>
/// <param name="setPoint">Set point in its unit.</param>
/// <param name="stages">Stages, by slot.</param>
/// <param name="hysteresis">From on to off, K.</param>
/// <param name="delayMs">How long it must have been too cold.</param>
/// <param name="when">It asks only while this is known to be true; null: always.</param>
internal sealed class HeaterStages(Term measure, Term setPoint, IReadOnlyList<HeaterStage> stages, double hysteresis, long delayMs, Expression? when) : RuleLogic
{
    public override IEnumerable<Expression> Conditions => when is null ? [] : [when];

    public override IEnumerable<Term> Terms => [measure, setPoint];

    /// <summary>Since when it has been too cold, for each stage.</summary>
    public override int Memory => stages.Count;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var may = when?.Evaluate(ref at).Held ?? Truth.True;
        var below = setPoint.Evaluate(ref at) - measure.Evaluate(ref at);
        if (may == Truth.False)
        {
            Array.Fill(state.Memory, double.NaN);
            return new LogicResult(Latch.Off, Ask.Nothing, IsBlind: false, Truth.False, Truth.True);
        }

        if (may == Truth.Unknown || double.IsNaN(below))
        {
            Array.Fill(state.Memory, double.NaN);
            return Calm.Blind(state);
        }

        var acts = false;
        for (var slot = 0; slot < stages.Count; slot++)
        {
            state.Asks[slot] = Stage(ref state, slot, below, ref at) ? 1 : 0;
            acts |= state.Asks[slot] > 0;
        }

        return Calm.Result(acts);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        measure.Describe(text, ref at);
        text.Append(" for ");
        setPoint.Describe(text, ref at);
        foreach (var stage in stages)
        {
            text.Append(", ").Append(stage.Name).Append(" from ").Append(Term.Number(stage.BelowK, Domain.Quantities.Units.Kelvin)).Append(" below");
        }

        text.Append(" for ").Append(Durations.Format(TimeSpan.FromMilliseconds(delayMs)));
    }

    public override string ToString() => FormattableString.Invariant($"{measure}\n{setPoint}\n{string.Join(';', stages)}\n{hysteresis:R}\n{delayMs}\n{when}");

    private bool Stage(ref RuleState state, int slot, double below, ref Evaluation at)
    {
        var isOn = state.Asks[slot] > 0;
        if (below <= stages[slot].BelowK)
        {
            state.Memory[slot] = double.NaN;
            return isOn && below > stages[slot].BelowK - hysteresis;
        }

        if (state.Time(slot) is not { } since)
        {
            since = at.NowMs;
            state.SetTime(slot, since);
        }

        at.Due(since + delayMs);
        return isOn || at.NowMs - since >= delayMs;
    }
}
