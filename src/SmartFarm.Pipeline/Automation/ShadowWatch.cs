using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>Where an actuator would be under the rules in shadow.</summary>
/// <param name="Actuator">Name of the actuator.</param>
/// <param name="Production">What the rules in charge want; null: nothing.</param>
/// <param name="Shadow">What those in shadow want.</param>
/// <param name="Decisions">How often the rules in charge have changed their mind since the shadow began.</param>
/// <param name="ShadowDecisions">How often those in shadow have.</param>
/// <param name="DiffersMs">For how long both wanted something else, ms.</param>
public sealed record ShadowDifference(string Actuator, Decision? Production, Decision? Shadow, int Decisions, int ShadowDecisions, long DiffersMs)
{
    /// <summary>Whether both want something else now.</summary>
    public bool IsDifferent => Production?.Target != Shadow?.Target;
}

/// <summary>Rules in shadow, compared with those in charge. One caller at a time.</summary>
internal sealed class ShadowWatch
{
    private readonly Entry[] _entries;

    public ShadowWatch(ZoneRunner runner)
    {
        Runner = runner;
        _entries = new Entry[runner.Rules.Actuators.Count];
    }

    public ZoneRunner Runner { get; }

    /// <summary>Compares after a step; gives the actuators of which one of both changed its target.</summary>
    public IEnumerable<ShadowDifference> Compare(ZoneRunner production, long nowMs)
    {
        foreach (var decision in production.Output.Decisions)
        {
            _entries[production.Rules.ActuatorIndex(decision.Actuator)].Decisions++;
        }

        foreach (var decision in Runner.Output.Decisions)
        {
            _entries[Runner.Rules.ActuatorIndex(decision.Actuator)].ShadowDecisions++;
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            ref var entry = ref _entries[i];
            var (old, now) = (entry.Targets, (production.State.Wanted[i]?.Target, Runner.State.Wanted[i]?.Target));
            entry.DiffersMs += old.Production != old.Shadow ? nowMs - entry.SinceMs : 0;
            entry.SinceMs = nowMs;
            if (old != now)
            {
                entry.Targets = now;
                yield return DifferenceOf(production, i, nowMs);
            }
        }
    }

    /// <summary>How all actuators stand.</summary>
    public IReadOnlyList<ShadowDifference> All(ZoneRunner production, long nowMs) => [.. _entries.Select((_, i) => DifferenceOf(production, i, nowMs))];

    private ShadowDifference DifferenceOf(ZoneRunner production, int actuator, long nowMs)
    {
        ref readonly var entry = ref _entries[actuator];
        var running = entry.Targets.Production != entry.Targets.Shadow ? nowMs - entry.SinceMs : 0;
        return new ShadowDifference(
            production.Rules.Actuators[actuator].Id, production.State.Wanted[actuator], Runner.State.Wanted[actuator], entry.Decisions, entry.ShadowDecisions, entry.DiffersMs + running);
    }

    private struct Entry
    {
        public (double? Production, double? Shadow) Targets;
        public int Decisions;
        public int ShadowDecisions;
        public long SinceMs;
        public long DiffersMs;
    }
}
