using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Worker.Trials.Loop;

namespace SmartFarm.Worker.Trials.Prove;

/// <summary>A story that breaks something.</summary>
/// <param name="Story">The story.</param>
/// <param name="Seed">Its chance.</param>
/// <param name="Zone">Index of the zone in which it breaks.</param>
/// <param name="Breach">What breaks, and when first.</param>
/// <param name="IsDeclared">Whether it is a declared invariant; else a promise that always holds.</param>
internal sealed record Attempt(LoopStory Story, long Seed, int Zone, Breach Breach, bool IsDeclared)
{
    /// <summary>What the rules and the invariants were told up to there, when it was noted.</summary>
    public IReadOnlyList<ToldEvent> Told { get; init; } = [];

    /// <summary>Plays a story until something breaks; null when nothing does.</summary>
    /// <param name="story">The story.</param>
    /// <param name="seed">Its chance.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="invariants">The declared invariants; null: there are none.</param>
    /// <param name="isNoted">Whether what was told is noted.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    public static Attempt? Play(LoopStory story, long seed, RuleBook rules, RuleBook? invariants, bool isNoted, CancellationToken cancellationToken)
    {
        var run = new LoopRun(story, rules, seed, invariants, isNoted);
        while (!run.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Step();
            for (var zone = 0; zone < run.Zones.Count; zone++)
            {
                if (run.Promises[zone].Breaches.FirstOrDefault() is { } broken)
                {
                    return new Attempt(story, seed, zone, broken, IsDeclared: false);
                }

                if (run.Zones[zone].Observer is { } observer && Raised(observer, run) is { } breach)
                {
                    return new Attempt(story, seed, zone, breach, IsDeclared: true) { Told = isNoted ? ToldEvent.Of(run.Zones[zone]) : [] };
                }
            }
        }

        return null;
    }

    /// <summary>Whether another attempt breaks the same.</summary>
    public bool IsSame(Attempt? other) => other is not null && other.Breach.Promise == Breach.Promise && other.Zone == Zone;

    private static Breach? Raised(ZoneFeed observer, LoopRun run)
    {
        var alarm = observer.Output.Alarms.Find(a => a.IsRaised);
        observer.Output.Clear();
        return alarm is null ? null : new Breach(DateTimeOffset.FromUnixTimeMilliseconds(alarm.TimeMs).ToOffset(run.Now.Offset), alarm.Alarm, alarm.Text);
    }
}

/// <summary>Something that was told to the rules, to the invariants, or to both.</summary>
/// <param name="TimeMs">Event time.</param>
/// <param name="Signal">Whose value; null: an acknowledgement.</param>
/// <param name="Event">The event, without its index.</param>
/// <param name="Actuator">Whose acknowledgement.</param>
internal sealed record ToldEvent(long TimeMs, Signal? Signal, RuleEvent Event, string? Actuator)
{
    /// <summary>What a zone was told, in order of time. Where actuators are the invariants know from what is wanted.</summary>
    public static IReadOnlyList<ToldEvent> Of(LoopZone zone)
    {
        var rules = zone.Notes
            .Where(e => e.Kind is RuleEventKind.Observed or RuleEventKind.Acknowledged)
            .Select(e => new ToldEvent(e.TimeMs, e.Kind == RuleEventKind.Observed ? zone.Rules.Signals[e.Index] : null, e with { Index = -1 }, e.Kind == RuleEventKind.Observed ? null : zone.Rules.Actuators[e.Index].Id));
        var observed = (zone.Observer?.Notes ?? []).Where(e => e.Kind == RuleEventKind.Observed)
            .Select(e => new ToldEvent(e.TimeMs, zone.Observer!.Rules.Signals[e.Index], e with { Index = -1 }, null))
            .Where(e => e.Signal!.Scope != SignalScope.Actuator);
        return [.. rules.Concat(observed).Distinct().OrderBy(e => e.TimeMs)];
    }
}
