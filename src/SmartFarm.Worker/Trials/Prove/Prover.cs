using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Simulator;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Trials.Loop;

namespace SmartFarm.Worker.Trials.Prove;

/// <summary>The shortest way to break something that was found.</summary>
/// <param name="Attempt">The story, shortened.</param>
/// <param name="Found">The story as it was found.</param>
/// <param name="Events">What the rules must be told, shortened; empty when a house is needed.</param>
/// <param name="BrokenMs">When these break it, event time.</param>
/// <param name="Wanted">What is then wanted of the actuators.</param>
/// <param name="Tries">How many runs it took to shorten it.</param>
internal sealed record Counterexample(Attempt Attempt, Attempt Found, IReadOnlyList<ToldEvent> Events, long BrokenMs, IReadOnlyList<Decision?> Wanted, int Tries);

/// <summary>Searches stories for one that breaks a declared invariant, or a promise that always holds.</summary>
internal sealed class Prover(LoopStory usual, RuleBook rules, RuleBook? invariants)
{
    /// <summary>The counter-example of the lowest seed that has one, shortened; null when none was found.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    /// <exception cref="SettingsException">The story does not fit the farm.</exception>
    public Counterexample? Search(long first, int count, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var found = new Attempt?[count];
        var lottery = new StoryLottery(usual);
        var done = 0;
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, (i, loop) =>
            {
                found[i] = Attempt.Play(lottery.Tell(first + i), first + i, rules, invariants, isNoted: false, cancellationToken);
                progress?.Report(Interlocked.Increment(ref done) / (double)count);
                if (found[i] is not null)
                {
                    loop.Break();
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<SimulatorException>().FirstOrDefault() is { } wrong)
        {
            throw new SettingsException(wrong.Message, wrong);
        }

        return Array.Find(found, attempt => attempt is not null) is { } attempt ? Shorten(attempt, cancellationToken) : null;
    }

    private Counterexample Shorten(Attempt found, CancellationToken cancellationToken)
    {
        var stories = new StoryShrinker(rules, invariants, cancellationToken);
        var attempt = stories.Shrink(found);
        attempt = Attempt.Play(attempt.Story, attempt.Seed, rules, invariants, isNoted: true, cancellationToken) ?? attempt;
        if (!attempt.IsDeclared)
        {
            return new Counterexample(attempt, found, [], attempt.Breach.Time.ToUnixTimeMilliseconds(), [], stories.Tries);
        }

        var zone = usual.Site.Zones[attempt.Zone].Id;
        rules.TryGet(usual.Site.Id, zone, out var zoneRules);
        invariants!.TryGet(usual.Site.Id, zone, out var zoneInvariants);
        var replay = new EventReplay(zoneRules!, zoneInvariants!, attempt.Breach.Promise);
        var endMs = attempt.Breach.Time.ToUnixTimeMilliseconds() + 1000;
        if (replay.BrokenAt(attempt.Told, endMs, out _) is null)
        {
            return new Counterexample(attempt, found, [], endMs, [], stories.Tries);
        }

        var events = new EventShrinker(replay, endMs);
        var shortest = events.Shrink(attempt.Told);
        var brokenMs = replay.BrokenAt(shortest, endMs, out var wanted)!.Value;
        return new Counterexample(attempt, found, shortest, brokenMs, wanted, stories.Tries + events.Tries);
    }
}
