using SmartFarm.Rules;
using SmartFarm.Worker.Trials.Loop;

namespace SmartFarm.Worker.Trials.Prove;

/// <summary>Makes a story that breaks something shorter, as long as it still breaks the same: what happens is left out, its end cut off, its beginning moved up.</summary>
internal sealed class StoryShrinker(RuleBook rules, RuleBook? invariants, CancellationToken cancellationToken)
{
    private const int MostTries = 60;

    /// <summary>How often a story was played.</summary>
    public int Tries { get; private set; }

    public Attempt Shrink(Attempt attempt)
    {
        var best = Cut(attempt);
        for (var before = default(Attempt); !ReferenceEquals(before, best) && Tries < MostTries;)
        {
            before = best;
            best = LeaveOut(best, s => s.Faults, (s, list) => s with { Faults = list });
            best = LeaveOut(best, s => s.Weather, (s, list) => s with { Weather = list });
            best = LeaveOut(best, s => s.Events, (s, list) => s with { Events = list });
            best = BeginLater(best);
        }

        return best;
    }

    /// <summary>The story ends where it breaks.</summary>
    private static Attempt Cut(Attempt attempt)
    {
        var steps = Math.Ceiling((attempt.Breach.Time - attempt.Story.Start) / attempt.Story.Step) + 1;
        return attempt with { Story = attempt.Story with { Duration = steps * attempt.Story.Step } };
    }

    private Attempt LeaveOut<T>(Attempt best, Func<LoopStory, IReadOnlyList<T>> of, Func<LoopStory, IReadOnlyList<T>, LoopStory> with)
    {
        for (var i = of(best.Story).Count - 1; i >= 0; i--)
        {
            best = Try(best, with(best.Story, [.. of(best.Story).Where((_, k) => k != i)]));
        }

        return best;
    }

    /// <summary>The time before the breach is halved, again and again; what happens stays at its time.</summary>
    private Attempt BeginLater(Attempt best)
    {
        for (var share = 0.9; share > 0.1 && Tries < MostTries; share -= 0.4)
        {
            var skip = TimeSpan.FromMinutes(Math.Floor((best.Breach.Time - best.Story.Start).TotalMinutes * share));
            if (skip > TimeSpan.Zero)
            {
                best = Try(best, best.Story with
                {
                    Start = best.Story.Start + skip,
                    Duration = best.Story.Duration - skip,
                    Events = [.. best.Story.Events.Select(e => e with { At = e.At - skip })],
                });
            }
        }

        return best;
    }

    private Attempt Try(Attempt best, LoopStory story)
    {
        if (Tries >= MostTries)
        {
            return best;
        }

        Tries++;
        var tried = Attempt.Play(story, best.Seed, rules, invariants, isNoted: false, cancellationToken);
        return best.IsSame(tried) ? Cut(tried!) : best;
    }
}
