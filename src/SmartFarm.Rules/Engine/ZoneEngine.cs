using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Effects;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>
/// The rules of one zone as a pure function of (rules, state, event). It knows no clock: what is due between two events is done at its
/// own event time, so decisions do not depend on how often it is told that time passes. An event costs as much as the rules that look at it,
/// and nothing on the heap while nothing changes. Holds no state of its own and may be shared; each <see cref="ZoneRuleState"/> belongs to one caller at a time.
/// </summary>
public sealed class ZoneEngine(ZoneRules rules)
{
    /// <summary>Set points that look at set points settle within this.</summary>
    private const int MostPasses = 4;

    /// <summary>The rules it runs.</summary>
    public ZoneRules Rules => rules;

    /// <summary>A fresh state: nothing known, nothing wanted.</summary>
    public ZoneRuleState Start() => new(rules);

    /// <summary>Takes one event.</summary>
    /// <param name="state">State of the zone, changed.</param>
    /// <param name="e">The event. A value older than the newest of its signal changes nothing.</param>
    /// <param name="output">Gets what follows from it, in order of time.</param>
    /// <exception cref="ArgumentOutOfRangeException">Its time is none that a calendar knows; nothing was changed.</exception>
    public void Step(ZoneRuleState state, in RuleEvent e, RuleOutput output)
    {
        EventTime.Check(e.TimeMs);
        EventTime.Check(e.Kind == RuleEventKind.ClockSet ? (long)e.Value : 0);
        if (e.Kind == RuleEventKind.Observed && (e.Index < 0 || (state.Inputs[e.Index].IsKnown && e.TimeMs < state.Inputs[e.Index].TimeMs)))
        {
            return;
        }

        RunBefore(state, e.TimeMs, output);
        if (e.Kind == RuleEventKind.Tick)
        {
            return;
        }

        state.NowMs = Math.Max(state.NowMs, e.TimeMs);
        Take(state, e);
        Evaluate(state, output);
    }

    /// <summary>Writes the state down, to be read by <see cref="Restore"/>.</summary>
    /// <param name="state">The state.</param>
    /// <param name="shiftMs">Added to every time in it: from the clock of the events to one that outlives the process.</param>
    public byte[] Save(ZoneRuleState state, long shiftMs = 0) => ZoneRuleStateFile.Write(rules, state, shiftMs);

    /// <summary>
    /// Reads a state that was saved under these rules or others: a rule whose meaning did not change goes on where it was, others start
    /// fresh. What is wanted of an actuator stays wanted until somebody asks for something else.
    /// </summary>
    /// <param name="saved">The bytes.</param>
    /// <param name="shiftMs">Added to every time in it.</param>
    /// <param name="nowMs">
    /// The present. A state from later than that was saved by a clock that was ahead of ours, so nobody knows how long ago: its values are
    /// forgotten, and its times moved so that it ends now.
    /// </param>
    /// <exception cref="InvalidDataException">The bytes are not a saved state; start with <see cref="Start"/>.</exception>
    public ZoneRuleState Restore(ReadOnlySpan<byte> saved, long shiftMs = 0, long nowMs = long.MaxValue) => ZoneRuleStateFile.Read(rules, saved, shiftMs, nowMs);

    /// <summary>What every rule that may move an actuator comes to at the newest moment considered, in the order of the rules; empty for an actuator that is not there.</summary>
    public IReadOnlyList<Trace> Explain(ZoneRuleState state, string actuator) =>
        rules.ActuatorIndex(actuator) is >= 0 and var index ? [.. rules.ByActuator[index].Select(r => RuleText.Trace(rules, state, r.Rule))] : [];

    internal static Evaluation MomentOf(ZoneRule rule, ZoneRuleState state, in RuleState memory) =>
        new(state.Inputs, rule.Signals, memory.Timers, memory.Windows, state.Calendar, state.NowMs, state.WallOffsetMs);

    private void Take(ZoneRuleState state, in RuleEvent e)
    {
        switch (e.Kind)
        {
            case RuleEventKind.Observed:
                var isUsable = e.IsUsable && double.IsFinite(e.Value);
                state.Inputs[e.Index] = new InputValue(isUsable ? e.Value : 0, e.TimeMs, Math.Max(0, e.StaleAfterMs), isUsable, IsKnown: true);
                Wake(state, e.Index);
                break;
            case RuleEventKind.Overridden when e.Index >= 0 && e.Order!.UntilMs > state.NowMs && double.IsFinite(e.Order.Target):
                state.Orders[e.Index] = e.Order with { Target = Reachable(rules.Actuators[e.Index], e.Order.Target) };
                state.DirtyActuators |= 1UL << e.Index;
                break;
            case RuleEventKind.Released when e.Index >= 0:
                state.Orders[e.Index] = null;
                state.DirtyActuators |= 1UL << e.Index;
                break;
            case RuleEventKind.Stopped:
                state.Stop ??= new EmergencyStop(e.Order!.Owner, e.Order.Reason, state.NowMs);
                state.DirtyActuators = ulong.MaxValue;
                break;
            case RuleEventKind.Resumed:
                state.Stop = null;
                state.DirtyActuators = ulong.MaxValue;
                break;
            case RuleEventKind.Acknowledged:
                EffectWatch.Acknowledged(rules, state, e.Index, e.Value);
                break;
            case RuleEventKind.ClockSet when state.WallOffsetMs != (long)e.Value:
                state.WallOffsetMs = (long)e.Value;
                Array.Fill(state.IsDirty, true);
                state.DirtyActuators = ulong.MaxValue;
                break;
        }
    }

    private static double Reachable(Actuator actuator, double target) =>
        actuator.Kind == ActuatorKind.Switch ? (target >= 0.5 ? 1 : 0) : Math.Clamp(target, actuator.Min, actuator.Max);

    /// <summary>Does what was due before that time, each at its own; not at it, because a value of the same instant may still contradict.</summary>
    private void RunBefore(ZoneRuleState state, long timeMs, RuleOutput output)
    {
        while (state.NextDueMs < timeMs)
        {
            state.NowMs = Math.Max(state.NowMs, state.NextDueMs);
            Evaluate(state, output);
        }
    }

    private void Evaluate(ZoneRuleState state, RuleOutput output)
    {
        for (var pass = 0; pass < MostPasses && RunRules(state, output); pass++)
        {
        }

        var nextDueMs = long.MaxValue;
        foreach (ref readonly var memory in state.Rules.AsSpan())
        {
            nextDueMs = Math.Min(nextDueMs, memory.DueMs);
        }

        nextDueMs = Math.Min(nextDueMs, Persons(state));
        var decided = output.Decisions.Count;
        Arbiter.Run(rules, state, output);
        EffectWatch.Decided(rules, state, output.Decisions, decided);
        foreach (ref readonly var waiting in state.Waiting.AsSpan())
        {
            nextDueMs = Math.Min(nextDueMs, waiting.UntilMs);
        }

        state.NextDueMs = nextDueMs;
        for (var i = 0; i < rules.Rules.Length; i++)
        {
            ref var rule = ref state.Rules[i];
            if (rule.Traced != rule.Outcome)
            {
                rule.Traced = rule.Outcome;
                output.Traces.Add(RuleText.Trace(rules, state, i));
            }
        }
    }

    /// <summary>Runs the rules that are to be looked at; true when a set point changed, so that there may be more.</summary>
    private bool RunRules(ZoneRuleState state, RuleOutput output)
    {
        var isAgain = false;
        for (var i = 0; i < rules.Rules.Length; i++)
        {
            ref var memory = ref state.Rules[i];
            if (!state.IsDirty[i] && memory.DueMs > state.NowMs)
            {
                continue;
            }

            state.IsDirty[i] = false;
            var rule = rules.Rules[i];
            var wasRaised = rule.Definition.Alarm is not null && rule.Definition.Logic.IsRaised(memory);
            var at = MomentOf(rule, state, memory);
            RuleStep.Run(rule, rules.Actuators, ref memory, ref at);
            memory.DueMs = at.NextDueMs;
            if (rule.Definition.Logic is EffectLogic effects)
            {
                effects.TakeVerdicts(ref memory, ref at, output.Effects);
            }

            if (memory.TakeChange())
            {
                foreach (var actuator in rule.Actuators)
                {
                    state.DirtyActuators |= actuator >= 0 ? 1UL << actuator : 0;
                }
            }

            if (rule.Output >= 0 && Publish(state, rule, memory))
            {
                Wake(state, rule.Output);
                isAgain = true;
            }

            if (rule.Definition.Alarm is { } alarm && rule.Definition.Logic.IsRaised(memory) is var isRaised && isRaised != wasRaised)
            {
                var text = RuleText.Reason(rules, state, i);
                output.Alarms.Add(new AlarmChange(state.NowMs, rule.Definition.Id, alarm.Severity, isRaised, alarm.Text.Length > 0 ? $"{alarm.Text} ({text})" : text));
            }
        }

        return isAgain;
    }

    /// <summary>Makes what a programme computed visible to the rules; true when it changed.</summary>
    private static bool Publish(ZoneRuleState state, ZoneRule rule, in RuleState memory)
    {
        var value = memory.Outcome.IsBlind ? double.NaN : memory.Memory[0];
        ref var input = ref state.Inputs[rule.Output];
        var isUsable = double.IsFinite(value);
        if (input.IsKnown && input.IsUsable == isUsable && (!isUsable || input.Value == value))
        {
            return false;
        }

        input = new InputValue(isUsable ? value : 0, state.NowMs, long.MaxValue, isUsable, IsKnown: true);
        return true;
    }

    /// <summary>Ends the orders of persons whose time is over; gives when the next one ends. Whoever waited for the machine is looked at again.</summary>
    private static long Persons(ZoneRuleState state)
    {
        var nextMs = long.MaxValue;
        for (var i = 0; i < state.Orders.Length; i++)
        {
            if (state.Orders[i] is { } order && order.UntilMs <= state.NowMs)
            {
                state.Orders[i] = null;
                state.DirtyActuators |= 1UL << i;
            }

            nextMs = Math.Min(nextMs, state.Orders[i]?.UntilMs ?? long.MaxValue);
            if (state.Waiting[i].UntilMs <= state.NowMs)
            {
                state.DirtyActuators |= 1UL << i;
            }
        }

        return nextMs;
    }

    private void Wake(ZoneRuleState state, int signal)
    {
        foreach (var rule in rules.BySignal[signal])
        {
            state.IsDirty[rule] = true;
        }
    }
}
