using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>
/// The rules of one zone as a pure function of (rules, state, event). It knows no clock: what is due between two events is done at its
/// own event time, so decisions do not depend on how often it is told that time passes. Costs nothing on the heap while nothing changes.
/// Holds no state of its own and may be shared; each <see cref="ZoneRuleState"/> belongs to one caller at a time.
/// </summary>
public sealed class ZoneEngine(ZoneRules rules)
{
    /// <summary>The rules it runs.</summary>
    public ZoneRules Rules => rules;

    /// <summary>A fresh state: nothing known, nothing wanted.</summary>
    public ZoneRuleState Start() => new(rules);

    /// <summary>Takes one event.</summary>
    /// <param name="state">State of the zone, changed.</param>
    /// <param name="e">The event. A value older than the newest of its quantity changes nothing.</param>
    /// <param name="decisions">Gets what is newly wanted, in order of time.</param>
    /// <param name="traces">Gets what each rule newly came to, in order of time.</param>
    public void Step(ZoneRuleState state, in RuleEvent e, List<Decision> decisions, List<Trace> traces)
    {
        if (e.Quantity is null)
        {
            RunBefore(state, e.TimeMs, decisions, traces);
            return;
        }

        ref var input = ref state.Inputs[InputValue.IndexOf(e.Scope, e.Quantity)];
        if (input.IsKnown && e.TimeMs < input.TimeMs)
        {
            return;
        }

        RunBefore(state, e.TimeMs, decisions, traces);
        state.NowMs = Math.Max(state.NowMs, e.TimeMs);
        var isUsable = e.IsUsable && double.IsFinite(e.Value);
        input = new InputValue(isUsable ? e.Value : 0, e.TimeMs, Math.Max(0, e.StaleAfterMs), isUsable, IsKnown: true);
        Evaluate(state, decisions, traces);
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

    /// <summary>Does what was due before that time, each at its own; not at it, because a value of the same instant may still contradict.</summary>
    private void RunBefore(ZoneRuleState state, long timeMs, List<Decision> decisions, List<Trace> traces)
    {
        while (state.NextDueMs < timeMs)
        {
            state.NowMs = Math.Max(state.NowMs, state.NextDueMs);
            Evaluate(state, decisions, traces);
        }
    }

    private void Evaluate(ZoneRuleState state, List<Decision> decisions, List<Trace> traces)
    {
        var nextDueMs = long.MaxValue;
        for (var i = 0; i < rules.Rules.Length; i++)
        {
            var at = new Evaluation(state.Inputs, state.Rules[i].Timers, state.NowMs);
            RuleStep.Run(rules.Rules[i], rules.Actuators, ref state.Rules[i], ref at);
            nextDueMs = Math.Min(nextDueMs, at.NextDueMs);
        }

        state.NextDueMs = nextDueMs;
        Arbiter.Run(rules, state, decisions);
        for (var i = 0; i < rules.Rules.Length; i++)
        {
            ref var rule = ref state.Rules[i];
            if (rule.Traced != rule.Outcome)
            {
                rule.Traced = rule.Outcome;
                traces.Add(RuleText.Trace(rules, state, i));
            }
        }
    }
}
