using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials;

/// <summary>Runs the rules of a zone so that every moment at which they are looked at can be watched. Watching changes no decision.</summary>
/// <param name="rules">The rules.</param>
/// <param name="watch">Called after every moment; null: nobody watches.</param>
internal sealed class WatchedEngine(ZoneRules rules, Action<ZoneRuleState>? watch = null)
{
    private readonly ZoneEngine _engine = new(rules);

    public ZoneRules Rules => rules;

    public ZoneRuleState State { get; private set; } = new ZoneEngine(rules).Start();

    public RuleOutput Output { get; } = new();

    /// <summary>Takes an event; what falls due before is done first, one moment at a time when somebody watches.</summary>
    public void Step(in RuleEvent e)
    {
        while (watch is not null && State.NextDueMs < e.TimeMs)
        {
            _engine.Step(State, RuleEvent.Tick(State.NextDueMs + 1), Output);
            watch(State);
        }

        _engine.Step(State, e, Output);
        watch?.Invoke(State);
    }

    /// <summary>Does what is due up to a time, that time included.</summary>
    public void Finish(long timeMs) => Step(RuleEvent.Tick(timeMs + 1));

    /// <summary>Saves the state and goes on with what was saved, as a restarted worker does.</summary>
    public void Restart() => State = _engine.Restore(_engine.Save(State));
}
