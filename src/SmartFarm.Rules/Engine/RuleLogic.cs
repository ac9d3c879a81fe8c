using System.Text;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>
/// What a rule of one kind does. Immutable and shared by all zones; what it remembers lies in the <see cref="RuleState"/> and is saved with it.
/// It must give the same answer for the same state and moment, and note in <see cref="Evaluation.Due(long)"/> when it wants to be asked again
/// though nothing has changed.
/// </summary>
internal abstract class RuleLogic
{
    /// <summary>
    /// One moment. Writes what it asks of each actuator slot into <see cref="RuleState.Asks"/> (NaN: nothing), and gives where it stands. While it is blind it
    /// leaves its asks as they are: the engine holds them, and hands the actuators to their safe state when that has lasted too long.
    /// </summary>
    public abstract LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at);

    /// <summary>Writes why it stands where it stands, with its inputs.</summary>
    public abstract void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at);

    /// <summary>Conditions in it, for checks and coverage.</summary>
    public virtual IEnumerable<Expression> Conditions => [];

    /// <summary>Terms in it that stand in no condition.</summary>
    public virtual IEnumerable<Term> Terms => [];

    /// <summary>Numbers it remembers.</summary>
    public virtual int Memory => 0;

    /// <summary>Whether its asks are limits of what others may ask for, from <see cref="RuleState.Asks"/> to <see cref="RuleState.Highs"/>.</summary>
    public virtual bool IsLimit => false;

    /// <summary>Whether the rule itself raises an alarm of its name, besides what it moves.</summary>
    public virtual bool HasAlarm => false;

    /// <summary>Whether the alarm is on.</summary>
    public virtual bool IsRaised(in RuleState state) => state.Outcome.Latch == Latch.On;

    /// <summary>Unit of the signal that it computes into its first remembered number; null when it computes none, or a plain number.</summary>
    public virtual Unit? OutputUnit => null;

    /// <summary>Everything in it that has a meaning, in canonical units.</summary>
    public abstract override string ToString();
}

/// <summary>Where a rule came to stand.</summary>
/// <param name="Latch">Whether it is on.</param>
/// <param name="Ask">What it asks for.</param>
/// <param name="IsBlind">Whether it cannot see what it needs.</param>
/// <param name="Start">Truth of its start, without timers.</param>
/// <param name="End">Truth of its end, without timers.</param>
internal readonly record struct LogicResult(Latch Latch, Ask Ask, bool IsBlind, Truth Start, Truth End);
