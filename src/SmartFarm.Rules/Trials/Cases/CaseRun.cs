using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Cases;

/// <summary>How a run is disturbed; none of it may change a decision.</summary>
public enum Disturbance
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The state is saved and restored after every event.</summary>
    Restarts,

    /// <summary>The engine is told the time every second.</summary>
    Ticks,
}

/// <summary>What came of running a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Output">Everything the rules handed out.</param>
/// <param name="Failures">What came differently to what must come, a sentence each; empty when the case holds.</param>
public sealed record CaseOutcome(RuleCase Case, RuleOutput Output, IReadOnlyList<string> Failures);

/// <summary>Runs a case against the rules of its zone.</summary>
public static class CaseRun
{
    private const int SecondMs = 1000;

    /// <summary>Runs the case and judges it.</summary>
    /// <param name="it">The case.</param>
    /// <param name="rules">The rules of its zone.</param>
    /// <param name="disturbance">How the run is disturbed.</param>
    /// <param name="coverage">Gets what ran; null: nobody counts.</param>
    public static CaseOutcome Run(RuleCase it, ZoneRules rules, Disturbance disturbance = Disturbance.None, Coverage.RuleCoverage? coverage = null)
    {
        coverage?.Begin();
        var engine = new WatchedEngine(rules, coverage is null ? null : state => coverage.Look(rules, state));
        var judge = new CaseJudge(it, rules);
        if (it.StartMs is { } startMs)
        {
            engine.Step(RuleEvent.ClockSet(0, startMs));
        }

        foreach (var e in it.Events)
        {
            judge.CheckBefore(e.TimeMs, engine);
            if (disturbance == Disturbance.Ticks && engine.State.NowMs != long.MinValue)
            {
                for (var timeMs = engine.State.NowMs; timeMs < e.TimeMs; timeMs += SecondMs)
                {
                    engine.Step(RuleEvent.Tick(timeMs));
                }
            }

            engine.Step(EventOf(e, rules));
            if (disturbance == Disturbance.Restarts)
            {
                engine.Restart();
            }
        }

        judge.CheckBefore(long.MaxValue, engine);
        return new CaseOutcome(it, engine.Output, judge.Verdict(engine.Output));
    }

    /// <summary>What the engine is told; a value that no rule of the zone looks at is no more than time that passes.</summary>
    private static RuleEvent EventOf(CaseEvent e, ZoneRules rules) => e switch
    {
        CaseEvent.Reading r when rules.SignalIndex(r.Signal.Scope, r.Signal.Owner, r.Signal.Name) is >= 0 and var index =>
            RuleEvent.Observed(r.TimeMs, index, r.Value ?? 0, r.Value is not null, r.StaleAfterMs),
        CaseEvent.Override o => RuleEvent.Overridden(o.TimeMs, rules.ActuatorIndex(o.Actuator), new ManualOrder(o.Target, o.By, o.Reason, o.TimeMs + o.ForMs)),
        CaseEvent.Release r => RuleEvent.Released(r.TimeMs, rules.ActuatorIndex(r.Actuator), r.By),
        CaseEvent.Stop s => RuleEvent.Stopped(s.TimeMs, s.By, s.Reason),
        CaseEvent.Resume r => RuleEvent.Resumed(r.TimeMs, r.By),
        CaseEvent.Done d => RuleEvent.Acknowledged(d.TimeMs, rules.ActuatorIndex(d.Actuator), d.Target),
        _ => RuleEvent.Tick(e.TimeMs),
    };
}
