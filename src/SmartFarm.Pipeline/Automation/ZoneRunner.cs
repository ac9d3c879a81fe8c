using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>
/// The rules of one zone at work: tells the engine what is new, and keeps its state. Event time is that of the steady clock; a kept state
/// is in wall time, the only one that outlives a process. One caller at a time.
/// </summary>
internal sealed class ZoneRunner(ZoneRules rules, byte[]? saved, Moment start)
{
    private readonly ZoneEngine _engine = new(rules);
    private readonly (long TimeMs, double Value, bool IsUsable)[] _told = new (long, double, bool)[Quantities.All.Count * 2];
    private ZoneRuleState? _state;

    public string Site => rules.Site;

    public string Zone => rules.Zone;

    /// <summary>What the last step brought; cleared by the next.</summary>
    public RuleOutput Output { get; } = new();

    /// <summary>What is wanted of the actuators now.</summary>
    public IEnumerable<Decision> Wanted => State.Wanted.OfType<Decision>();

    private ZoneRuleState State => _state ??= saved is null ? _engine.Start() : _engine.Restore(saved, -start.OffsetMs, start.SteadyMs);

    /// <summary>Forgets the last step.</summary>
    public void Begin() => Output.Clear();

    /// <summary>Tells what has changed in the climate of the zone, or of its site.</summary>
    public void Observe(ZoneClimate climate, SignalScope scope)
    {
        foreach (var value in climate.Values)
        {
            ref var told = ref _told[(value.Quantity.Index * 2) + (int)scope];
            var now = (value.TimeMs, value.Value, value.IsUsable);
            if (told != now)
            {
                told = now;
                var signal = rules.SignalIndex(scope, "", value.Quantity.Name);
                _engine.Step(State, RuleEvent.Observed(value.TimeMs, signal, value.Value, value.IsUsable, value.StaleAfterMs), Output);
            }
        }
    }

    /// <summary>Tells that time has passed.</summary>
    public void Tick(long nowMs) => _engine.Step(State, RuleEvent.Tick(nowMs), Output);

    /// <summary>The state, to be kept.</summary>
    public byte[] Save(Moment now) => _engine.Save(State, now.OffsetMs);
}
