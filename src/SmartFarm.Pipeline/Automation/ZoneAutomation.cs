using SmartFarm.Pipeline.Automation.Targets;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>A zone under its rules: those in charge, and those in shadow that see the same and move nothing. One caller at a time.</summary>
internal sealed class ZoneAutomation
{
    public ZoneAutomation(ZoneRunner production, TargetWriter targets)
    {
        (Production, Targets) = (production, targets);
        Runners = [production];
        WrittenMs = new long[production.Rules.Actuators.Count];
    }

    public string Site => Production.Rules.Site;

    public string Zone => Production.Rules.Zone;

    public ZoneRunner Production { get; private set; }

    public ShadowWatch? Shadow { get; private set; }

    /// <summary>Both.</summary>
    public IReadOnlyList<ZoneRunner> Runners { get; private set; }

    /// <summary>Where its rules want its climate.</summary>
    public TargetWriter Targets { get; }

    /// <summary>When the arbitration of each actuator was last stored, by the steady clock, ms; 0: not yet.</summary>
    public long[] WrittenMs { get; }

    /// <summary>The live state of the zone; null before its first reading.</summary>
    public ZoneState? State { get; set; }

    /// <summary>Alarms of the rules that were in charge before.</summary>
    public IReadOnlyCollection<string> PastAlarms { get; private set; } = [];

    /// <summary>Puts other rules in charge. Rules that did not change go on where they were.</summary>
    public void Use(ZoneRules rules, Moment now)
    {
        if (!ReferenceEquals(rules, Production.Rules))
        {
            PastAlarms = Production.Rules.Alarms;
            Production = Production.Under(rules, now);
            Array.Clear(WrittenMs);
        }
    }

    /// <summary>Puts rules in shadow, from where those in charge stand now; null: none.</summary>
    public void UseShadow(ZoneRules? rules, Moment now)
    {
        if (rules is null || !ReferenceEquals(rules, Shadow?.Runner.Rules))
        {
            Shadow = rules is null ? null : new ShadowWatch(Production.Under(rules, now));
        }

        Runners = Shadow is null ? [Production] : [Production, Shadow.Runner];
    }

    /// <summary>Tells all.</summary>
    public void Step(in RuleEvent e)
    {
        Production.Step(e);
        Shadow?.Runner.Step(e);
    }

    /// <summary>Tells all where an actuator is.</summary>
    public void Observe(string actuator, double? position, long timeMs)
    {
        foreach (var runner in Runners)
        {
            if (runner.Rules.SignalIndex(SignalScope.Actuator, actuator, Signal.Position) is >= 0 and var signal)
            {
                // A controller tells changes, not the time: its last word holds until it is known to be away.
                runner.Step(RuleEvent.Observed(timeMs, signal, position ?? double.NaN, position is not null, long.MaxValue / 4));
            }
        }
    }
}
