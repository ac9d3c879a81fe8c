using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Rules.Engine;
using Xunit;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>
/// Rule sets put together at random, under readings, faults, persons, stops, clock steps and restarts. <c>tests/safety</c> runs them
/// 100,000 times. Red when a limit, a least time, a rest, a count of starts,
/// a group or an interlock is not kept, a blind rule moves something, or a restart, a tick or a batch changes a byte of what is decided.
/// </summary>
public sealed class Random_rule_sets_are_safe
{
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("SMARTFARM_SAFETY_RUNS"), CultureInfo.InvariantCulture, out var runs) ? runs : 300;
    private static readonly Config Usual = Config.QuickThrowOnFailure.WithMaxTest(Runs).WithEndSize(60);

    private static Gen<(int Seed, Happening[] Events)> Stories { get; } =
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from events in Happening.Many
        select (seed, events);

    [Fact]
    public void No_promise_is_ever_broken() => Prop.ForAll(Stories.ToArbitrary(), story =>
    {
        var written = new RandomRules(story.Seed);
        var run = new RuleRun(SafetyFarm.Compile(written.Text));
        var observer = new SafetyObserver(run.Engine.Rules, written);
        foreach (var (h, i) in story.Events.Select((h, i) => (h, i)))
        {
            var known = run.Decisions.Count;
            run.Step(h.ToEvent(run.Engine.Rules));
            if (i % 5 == 4)
            {
                run.State = run.Engine.Restore(run.Engine.Save(run.State));
            }

            if (observer.Look(h, run.Decisions[known..], run.State) is { } broken)
            {
                return false.Label($"at {h}: {broken}\n{written.Text}");
            }
        }

        return true.Label("");
    }).Check(Usual);

    [Fact]
    public void Live_replayed_restarted_and_told_in_batches_give_the_same_bytes() => Prop.ForAll(Stories.ToArbitrary(), story =>
    {
        var rules = SafetyFarm.Compile(new RandomRules(story.Seed).Text);

        // A tick says that nothing older is expected any more.
        var inOrder = story.Events.OrderBy(h => h.TimeMs).Append(new Happening(Happening.StartMs + 100_000_000, Kind: 1, 0, 0, IsUsable: true)).ToArray();
        var live = Play(rules, story.Events, Disturbance.None);
        var differs = live != Play(rules, story.Events, Disturbance.None) ? "replayed"
            : live != Play(rules, story.Events, Disturbance.Restarts) ? "restarted after every event"
            : Play(rules, inOrder, Disturbance.None) != Play(rules, inOrder, Disturbance.Ticks) ? "told the time every second"
            : live != Moved(rules, story) ? "restarted by another clock now and then"
            : null;
        return (differs is null).Label($"{differs}\n{new RandomRules(story.Seed).Text}");
    }).Check(Usual.WithMaxTest(Math.Max(1, Runs / 3)));

    private static string Play(SmartFarm.Rules.ZoneRules rules, Happening[] events, Disturbance disturbance)
    {
        var run = new RuleRun(rules, disturbance);
        Array.ForEach(events, h => run.Step(h.ToEvent(rules)));
        return Written(run.Output);
    }

    /// <summary>Saved by the wall clock and restored by it, as a worker does that stops at any moment.</summary>
    private static string Moved(SmartFarm.Rules.ZoneRules rules, (int Seed, Happening[] Events) story)
    {
        var (run, random) = (new RuleRun(rules), new Random(story.Seed));
        foreach (var h in story.Events)
        {
            run.Step(h.ToEvent(rules));
            if (random.Next(4) == 0)
            {
                var shiftMs = random.NextInt64(-10_000_000_000, 10_000_000_000);
                run.State = run.Engine.Restore(run.Engine.Save(run.State, shiftMs), -shiftMs);
            }
        }

        return Written(run.Output);
    }

    private static string Written(RuleOutput output) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(output));
}
