using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>
/// Water in cycles. Between two looks light and flow hold the value they had, and it asks to be woken when a sum will be full, so that what
/// it does does not depend on how often it is looked at.
/// </summary>
/// <param name="occasions">Why a cycle may begin.</param>
/// <param name="dosing">How much it gives.</param>
/// <param name="safeguards">What ends it early.</param>
/// <param name="targets">Its targets as written.</param>
internal sealed class IrrigationLogic(Occasions occasions, Dosing dosing, Safeguards safeguards, string targets) : RuleLogic
{
    private readonly CycleStart _start = new(occasions, dosing, safeguards);
    private readonly CycleEnd _end = new(dosing, safeguards);

    public override IEnumerable<Expression> Conditions => [.. new[] { occasions.When, occasions.Moisture?.Dry, occasions.Moisture?.Wet }.OfType<Expression>()];

    public override IEnumerable<Term> Terms =>
        [.. new[] { occasions.Light?.Light, occasions.Light?.Drain?.Share, dosing.Flow }.OfType<Term>(), .. safeguards.Feed.Select(f => f.Value)];

    public override int Memory => IrrigationMemory.Count;

    public override bool HasAlarm => true;

    /// <summary>After a cycle that ended early, until one ends well.</summary>
    public override bool IsRaised(in RuleState state)
    {
        var copy = state;
        return new IrrigationMemory(ref copy).Ending is Ending.NoFlow or Ending.Feed or Ending.TooSlow;
    }

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var memory = new IrrigationMemory(ref state);
        memory.Begin();
        Metering.Count(memory, dosing, occasions.Light?.Light, ref at);
        var when = occasions.When?.Evaluate(ref at).Held ?? Truth.True;
        Open(memory, when, isFirst: state.Outcome.Latch == Latch.Idle, at.NowMs);
        var moisture = _start.Soak(memory, ref at);
        var drain = occasions.Light?.Drain?.Share.Evaluate(ref at) ?? double.NaN;
        var feed = _end.IsFeedOff(ref at);
        if (memory.Running is not null)
        {
            _end.Check(memory, when, feed, ref at);
        }

        if (memory.Running is null)
        {
            _start.Check(memory, when, moisture, drain, feed, ref at);
        }

        return Ask(rule, ref state, memory.Running is not null, when);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        var copy = state;
        new IrrigationText(occasions, dosing, safeguards).Write(text, new IrrigationMemory(ref copy), ref at);
    }

    public override string ToString() => $"{occasions}\n{dosing}\n{safeguards with { Feed = [] }}{string.Join(';', safeguards.Feed)}\n{targets}";

    /// <summary>Notes from when cycles may begin. What has only just been found out is no opening: a start of the worker makes no cycle due.</summary>
    private static void Open(scoped IrrigationMemory memory, Truth when, bool isFirst, long nowMs)
    {
        if (when == Truth.False)
        {
            memory.Open = null;
        }
        else if (when == Truth.True && memory.Open is null)
        {
            memory.Open = nowMs;
            memory.Began ??= isFirst ? nowMs : null;
        }
    }

    /// <summary>Until it has been known whether cycles may begin, it asks for nothing.</summary>
    private static LogicResult Ask(ZoneRule rule, ref RuleState state, bool isRunning, Truth when)
    {
        var latch = isRunning ? Latch.On : when == Truth.Unknown && state.Outcome.Latch == Latch.Idle ? Latch.Idle : Latch.Off;
        if (latch == Latch.Idle)
        {
            return new LogicResult(latch, Engine.Ask.Nothing, IsBlind: true, when, Truth.Unknown);
        }

        rule.Constants[isRunning ? 0 : 1].CopyTo(state.Asks, 0);
        return new LogicResult(latch, isRunning ? Engine.Ask.Set : Engine.Ask.Otherwise, IsBlind: !isRunning && when == Truth.Unknown, when, Truth.Unknown);
    }
}
