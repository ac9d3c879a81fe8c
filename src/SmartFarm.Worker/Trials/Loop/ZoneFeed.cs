using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.State;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>Tells the engine of a zone what is new, and only what its rules look at. What it told can be noted, to be told again.</summary>
internal sealed class ZoneFeed(ZoneRules rules)
{
    private readonly ZoneEngine _engine = new(rules);
    private readonly int[] _zone = [.. Quantities.All.Select(q => rules.SignalIndex(SignalScope.Zone, "", q.Name))];
    private readonly int[] _site = [.. Quantities.All.Select(q => rules.SignalIndex(SignalScope.Site, "", q.Name))];
    private readonly (int Low, int High)[] _bands =
        [.. Quantities.All.Select(q => (rules.SignalIndex(SignalScope.SetPoint, "", $"{q.Name}.low"), rules.SignalIndex(SignalScope.SetPoint, "", $"{q.Name}.high")))];

    private readonly (long TimeMs, double Value, bool IsUsable)[] _told = new (long, double, bool)[rules.Signals.Count];
    private readonly bool _looksFurther = rules.Signals.Any(s => s.Scope is SignalScope.Device or SignalScope.OtherZone);
    private ZoneRuleState? _state;

    public ZoneRules Rules => rules;

    public ZoneRuleState State => _state ??= _engine.Start();

    /// <summary>What came of the last events; cleared by its reader.</summary>
    public RuleOutput Output { get; } = new();

    /// <summary>What was told, when it is to be noted; null: it is not.</summary>
    public List<RuleEvent>? Notes { get; init; }

    /// <summary>The band of a quantity that the rules declare, as it is now; null where they declare none, or it is not known.</summary>
    public (double Low, double High)? BandOf(Quantity quantity) =>
        State.ValueOf(_bands[quantity.Index].Low) is { } low && State.ValueOf(_bands[quantity.Index].High) is { } high ? (low, high) : null;

    /// <summary>A climate of the zone itself, or of its site.</summary>
    public void Climate(ZoneClimate climate, bool isSite)
    {
        var signals = isSite ? _site : _zone;
        for (var i = 0; i < climate.Values.Count; i++)
        {
            Tell(signals[climate.Values[i].Quantity.Index], climate.Values[i]);
        }
    }

    /// <summary>A climate of another zone.</summary>
    public void Climate(ZoneClimate climate, string zone)
    {
        for (var i = 0; _looksFurther && i < climate.Values.Count; i++)
        {
            Tell(rules.SignalIndex(SignalScope.OtherZone, zone, climate.Values[i].Quantity.Name), climate.Values[i]);
        }
    }

    /// <summary>A value of one device.</summary>
    public void Device(string device, in ClimateValue value)
    {
        if (_looksFurther)
        {
            Tell(rules.SignalIndex(SignalScope.Device, device, value.Quantity.Name), value);
        }
    }

    /// <summary>Where an actuator is.</summary>
    public void Position(string actuator, double position, long timeMs, long staleAfterMs) =>
        Tell(rules.SignalIndex(SignalScope.Actuator, actuator, Signal.Position), position, timeMs, isUsable: true, staleAfterMs);

    /// <summary>Anything else.</summary>
    public void Tell(in RuleEvent e)
    {
        Notes?.Add(e);
        _engine.Step(State, e, Output);
    }

    /// <summary>The rules start again from what was saved.</summary>
    public void Restart() => _state = _engine.Restore(_engine.Save(State));

    private void Tell(int signal, in ClimateValue value) => Tell(signal, value.Value, value.TimeMs, value.IsUsable, value.StaleAfterMs);

    private void Tell(int signal, double value, long timeMs, bool isUsable, long staleAfterMs)
    {
        if (signal < 0)
        {
            return;
        }

        var now = (timeMs, value, isUsable);
        if (_told[signal] != now)
        {
            _told[signal] = now;
            Tell(RuleEvent.Observed(timeMs, signal, value, isUsable, staleAfterMs));
        }
    }
}
