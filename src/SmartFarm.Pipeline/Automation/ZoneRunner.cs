using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>
/// The rules of one zone at work: tells the engine what is new, and keeps its state. Event time is that of the steady clock; a kept state
/// is in wall time, the only one that outlives a process. One caller at a time; allocates nothing while nothing is decided.
/// </summary>
internal sealed class ZoneRunner
{
    private readonly ZoneEngine _engine;
    private readonly (long TimeMs, double Value, bool IsUsable)[] _told;

    private ZoneRunner(ZoneEngine engine, ZoneRuleState state) =>
        (_engine, State, _told) = (engine, state, new (long, double, bool)[engine.Rules.Signals.Count]);

    public ZoneRules Rules => _engine.Rules;

    public ZoneRuleState State { get; }

    /// <summary>What the last step came to; cleared by its reader.</summary>
    public RuleOutput Output { get; } = new();

    /// <summary>Takes up a kept state, or none.</summary>
    /// <exception cref="InvalidDataException">The bytes are no kept state.</exception>
    public static ZoneRunner Open(ZoneRules rules, byte[]? saved, Moment now)
    {
        var engine = new ZoneEngine(rules);
        var runner = new ZoneRunner(engine, saved is null ? engine.Start() : engine.Restore(saved, -now.OffsetMs, now.SteadyMs));
        runner.SetClock(now);
        return runner;
    }

    /// <summary>The same zone under other rules: what did not change in meaning goes on where it was.</summary>
    public ZoneRunner Under(ZoneRules rules, Moment now) => Open(rules, Save(now), now);

    /// <summary>Tells a value, unless just that was told last.</summary>
    public void Observe(int signal, in ClimateValue value)
    {
        var now = (value.TimeMs, value.Value, value.IsUsable);
        if (_told[signal] != now)
        {
            _told[signal] = now;
            _engine.Step(State, RuleEvent.Observed(value.TimeMs, signal, value.Value, value.IsUsable, value.StaleAfterMs), Output);
        }
    }

    /// <summary>Tells anything else.</summary>
    public void Step(in RuleEvent e) => _engine.Step(State, e, Output);

    /// <summary>Tells how the wall clock stands to that of the events. No time passes by it: a reading of just before may still be on its way.</summary>
    public void SetClock(Moment now)
    {
        if (State.WallOffsetMs != now.OffsetMs)
        {
            Step(RuleEvent.ClockSet(State.NowMs == long.MinValue ? now.SteadyMs : State.NowMs, now.OffsetMs));
        }
    }

    /// <summary>What every rule that may move an actuator comes to now.</summary>
    public IReadOnlyList<Trace> Explain(string actuator) => _engine.Explain(State, actuator);

    /// <summary>The state, to be kept.</summary>
    public byte[] Save(Moment now) => _engine.Save(State, now.OffsetMs);
}
