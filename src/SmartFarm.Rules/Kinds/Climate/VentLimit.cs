using System.Text;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>How far vents may open at most, by side. It tightens at once and loosens after a hold; while it cannot see, it does not loosen.</summary>
/// <param name="name">What it is called in reasons: wind, rain, frost.</param>
/// <param name="memory">The first of its <see cref="Size"/> remembered numbers.</param>
internal abstract class VentLimit(string name, int memory)
{
    public const int Size = 4;

    protected int First => memory;

    /// <summary>Conditions in it.</summary>
    public virtual IEnumerable<Expression> Conditions => [];

    /// <summary>Terms in it.</summary>
    public virtual IEnumerable<Term> Terms => [];

    /// <summary>Takes the moment in; false while it cannot see.</summary>
    public abstract bool Look(ref RuleState state, ref Evaluation at);

    /// <summary>The largest opening as it was found when looked at last; infinite for no limit, NaN when it was never known.</summary>
    public abstract double Most(in RuleState state, bool isWindward);

    public void Describe(StringBuilder text, in RuleState state, Unit unit)
    {
        var (windward, leeward) = (Most(state, isWindward: true), Most(state, isWindward: false));
        if (double.IsNaN(windward + leeward))
        {
            text.Append("; ").Append(name).Append(" not known");
        }
        else if (windward < double.PositiveInfinity || leeward < double.PositiveInfinity)
        {
            text.Append("; ").Append(name).Append(" allows ").Append(windward == leeward
                ? Term.Number(windward, unit)
                : $"{Term.Number(windward, unit)} windward and {Term.Number(leeward, unit)} leeward");
        }
    }

    public override string ToString() => name;
}

/// <summary>A limit while a condition holds: rain, frost.</summary>
internal sealed class SwitchedLimit(string name, int memory, Latching latching, double windward, double leeward) : VentLimit(name, memory)
{
    public override IEnumerable<Expression> Conditions => latching.Conditions;

    public override bool Look(ref RuleState state, ref Evaluation at) => !LatchMemory.Look(latching, ref state, First, ref at).IsBlind;

    public override double Most(in RuleState state, bool isWindward) => LatchMemory.Of(state, First) switch
    {
        Latch.Idle => double.NaN,
        Latch.On => isWindward ? windward : leeward,
        _ => double.PositiveInfinity,
    };

    public override string ToString() => FormattableString.Invariant($"{base.ToString()}: {latching} {windward:R} {leeward:R}");
}

/// <summary>A limit that falls with a measured value: wind.</summary>
internal sealed class SlidingLimit(string name, int memory, Term measure, Slope? windward, Slope? leeward, long holdMs) : VentLimit(name, memory)
{
    public override IEnumerable<Term> Terms => [measure];

    public override bool Look(ref RuleState state, ref Evaluation at)
    {
        var value = measure.Evaluate(ref at);
        Hold(ref state, First, windward, value, ref at);
        Hold(ref state, First + 2, leeward, value, ref at);
        return !double.IsNaN(value);
    }

    public override double Most(in RuleState state, bool isWindward) =>
        (isWindward ? windward : leeward) is null ? double.PositiveInfinity : state.Memory[isWindward ? First : First + 2];

    public override string ToString() => $"{base.ToString()}: {measure} {windward} {leeward} {holdMs}";

    /// <summary>The first number is the limit that holds, the second since when a looser one would do.</summary>
    private void Hold(ref RuleState state, int held, Slope? slope, double value, ref Evaluation at)
    {
        if (slope is null || double.IsNaN(value))
        {
            return;
        }

        var now = slope.At(value);
        if (!(now > state.Memory[held]))
        {
            state.Memory[held] = now;
            state.Memory[held + 1] = double.NaN;
            return;
        }

        if (state.Time(held + 1) is not { } since)
        {
            since = at.NowMs;
            state.SetTime(held + 1, since);
        }

        if (at.NowMs - since >= holdMs)
        {
            state.Memory[held] = now;
            state.Memory[held + 1] = double.NaN;
        }
        else
        {
            at.Due(since + holdMs);
        }
    }
}
