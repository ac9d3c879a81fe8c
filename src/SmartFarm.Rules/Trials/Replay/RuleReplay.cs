using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Replay;

/// <summary>What a rule set would have done with a recording.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Output">Everything they handed out.</param>
/// <param name="Events">Values they were told.</param>
/// <param name="Bands">What became of each band that the rules declare.</param>
public sealed record ReplayResult(ZoneRules Rules, RuleOutput Output, long Events, IReadOnlyList<BandTime> Bands)
{
    /// <summary>Where the rules would have had an actuator.</summary>
    public Track TrackOf(string actuator)
    {
        var decisions = Output.Decisions.Where(d => d.Actuator == actuator).ToArray();
        return new Track([.. decisions.Select(d => d.TimeMs)], [.. decisions.Select(d => d.Target)]);
    }

    /// <summary>The decision that held at a time; null when there was none yet.</summary>
    public Decision? At(string actuator, long timeMs) => Output.Decisions.LastOrDefault(d => d.Actuator == actuator && d.TimeMs <= timeMs);
}

/// <summary>
/// Runs rules over what was recorded: the same engine, the same events, no clock. The climate is the one that was, whatever the rules would have done to it; actuators
/// are taken to be where these rules want them. A month of a zone takes seconds.
/// </summary>
public static class RuleReplay
{
    private const int EventsPerReport = 8192;

    /// <summary>Runs the rules of a zone.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="recording">What was recorded.</param>
    /// <param name="progress">Told how far it is, from 0 to 1; null: nobody.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static ReplayResult Run(ZoneRules rules, Recording recording, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var engine = new WatchedEngine(rules);
        var positions = rules.Actuators.Select(a => rules.SignalIndex(SignalScope.Actuator, a.Id, Signal.Position)).ToArray();
        var bands = new BandWatch(rules, recording.FromMs);
        var (events, told) = (0L, 0);
        engine.Step(RuleEvent.ClockSet(recording.FromMs, 0));
        foreach (var (signal, e) in RecordingReader.Events(recording, rules, s => s.Scope != SignalScope.Actuator))
        {
            bands.Advance(engine.State, e.TimeMs);
            engine.Step(e);
            bands.Observe(signal, e);
            told = Follow(engine, positions, told);
            if (++events % EventsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report((e.TimeMs - recording.FromMs) / (double)Math.Max(1, recording.ToMs - recording.FromMs));
            }
        }

        bands.Advance(engine.State, recording.ToMs);
        engine.Step(RuleEvent.Tick(recording.ToMs));
        progress?.Report(1);
        return new ReplayResult(rules, engine.Output, events, bands.Result);
    }

    /// <summary>Tells the rules that actuators are where they were sent; gives how many decisions were followed.</summary>
    private static int Follow(WatchedEngine engine, int[] positions, int told)
    {
        for (; told < engine.Output.Decisions.Count; told++)
        {
            var decision = engine.Output.Decisions[told];
            var signal = positions[engine.Rules.ActuatorIndex(decision.Actuator)];
            if (signal >= 0)
            {
                engine.Step(RuleEvent.Observed(Math.Max(decision.TimeMs, engine.State.NowMs), signal, decision.Target, isUsable: true, long.MaxValue / 4));
            }
        }

        return told;
    }
}
