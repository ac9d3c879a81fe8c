using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.State;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>The rules of one zone in a loop: tells the engine what is new, and the desk what is wanted.</summary>
internal sealed class LoopZone(ZoneRules rules, LoopDesk desk)
{
    private readonly ZoneEngine _engine = new(rules);
    private readonly (long TimeMs, double Value, bool IsUsable)[] _told = new (long, double, bool)[Quantities.All.Count * 2];
    private readonly List<Decision> _decisions = [];
    private readonly List<Trace> _traces = [];
    private ZoneRuleState? _state;

    public LoopDesk Desk => desk;

    public ZoneRuleState State => _state ??= _engine.Start();

    public void Observe(ZoneClimate climate, RuleScope scope)
    {
        foreach (var value in climate.Values)
        {
            ref var told = ref _told[(value.Quantity.Index * 2) + (int)scope];
            var now = (value.TimeMs, value.Value, value.IsUsable);
            if (told != now)
            {
                told = now;
                _engine.Step(State, RuleEvent.Observed(value.TimeMs, scope, value.Quantity, value.Value, value.IsUsable, value.StaleAfterMs), _decisions, _traces);
            }
        }
    }

    public void Tick(DateTimeOffset now)
    {
        _engine.Step(State, RuleEvent.Tick(now.ToUnixTimeMilliseconds()), _decisions, _traces);
        foreach (var decision in _decisions)
        {
            desk.Want(decision, now);
        }

        _decisions.Clear();
        _traces.Clear();
        desk.Tick(now);
    }

    /// <summary>The worker is started again: what was saved is all it knows.</summary>
    public void Restart() => _state = _engine.Restore(_engine.Save(State));
}
