using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Worker.Trials.Prove;

/// <summary>Tells events once more, without a house: the engine is pure, so what came of them comes of them again.</summary>
internal sealed class EventReplay(ZoneRules rules, ZoneRules invariants, string invariant)
{
    private readonly ZoneEngine _rules = new(rules);
    private readonly ZoneEngine _invariants = new(invariants);
    private readonly RuleOutput _output = new();
    private readonly RuleOutput _seen = new();

    /// <summary>When the events first break the invariant, event time; null when they do not.</summary>
    /// <param name="events">The events, in order of time.</param>
    /// <param name="endMs">Until when time passes after them.</param>
    /// <param name="wanted">What is wanted of the actuators then.</param>
    public long? BrokenAt(IReadOnlyList<ToldEvent> events, long endMs, out IReadOnlyList<Decision?> wanted)
    {
        var (state, observer) = (_rules.Start(), _invariants.Start());
        var firstMs = events.Count > 0 ? events[0].TimeMs : endMs;
        foreach (var actuator in rules.Actuators)
        {
            Tell(observer, actuator.Id, actuator.Safe, firstMs);
        }

        long? brokenMs = null;
        for (var i = 0; i <= events.Count && brokenMs is null; i++)
        {
            var e = i < events.Count ? events[i] : null;
            _rules.Step(state, e is null ? RuleEvent.Tick(endMs) : EventOf(e, rules), _output);
            foreach (var decision in _output.Decisions)
            {
                Tell(observer, decision.Actuator, decision.Target, decision.TimeMs);
            }

            _output.Clear();
            _invariants.Step(observer, e is null ? RuleEvent.Tick(endMs) : EventOf(e, invariants), _seen);
            brokenMs = _seen.Alarms.Find(a => a.IsRaised && a.Alarm == invariant)?.TimeMs;
            _seen.Clear();
        }

        wanted = state.Wanted;
        return brokenMs;
    }

    private static RuleEvent EventOf(ToldEvent e, ZoneRules of) => e.Event with
    {
        TimeMs = e.TimeMs,
        Index = e.Signal is { } signal ? of.SignalIndex(signal.Scope, signal.Owner, signal.Name) : of.ActuatorIndex(e.Actuator!),
    };

    private void Tell(ZoneRuleState observer, string actuator, double target, long timeMs) =>
        _invariants.Step(observer, RuleEvent.Observed(timeMs, invariants.SignalIndex(SignalScope.Actuator, actuator, Signal.Position), target, true, long.MaxValue / 4), _seen);
}
