using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Domain.Commands;
using Xunit;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>
/// Random rule sets through the real desk to a simulated controller, over a network that loses, delays and doubles both ways, with restarts of the backend and persons at the
/// node; at the end the backend dies. Red when a command acts twice, late or against a person, when two are open at once, when a command never ends, or when an actuator is not
/// in its declared state at the end. A run costs hundreds of times as much as one of the rules alone: a fifth as many.
/// </summary>
public sealed class Commands_act_once_or_not_at_all
{
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("SMARTFARM_SAFETY_RUNS"), System.Globalization.CultureInfo.InvariantCulture, out var runs) ? Math.Max(1, runs / 5) : 40;

    [Fact]
    public void Whatever_the_network_does() => Prop.ForAll(Stories.ToArbitrary(), story =>
    {
        var broken = PlayAsync(story.Seed, story.Events).GetAwaiter().GetResult();
        return (broken is null).Label($"{broken}\n{new RandomRules(story.Seed).Text}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithEndSize(25));

    private static Gen<(int Seed, Happening[] Events)> Stories { get; } =
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from events in Happening.Many
        select (seed, events);

    private static async Task<string?> PlayAsync(int seed, Happening[] events)
    {
        var random = new Random(seed);
        var rules = SafetyFarm.Compile(new RandomRules(seed).Text);
        var story = new CommandStory(rules, random);
        await story.StartAsync();
        foreach (var h in events)
        {
            switch (random.Next(12))
            {
                case 0:
                    story.Network = (Way)random.Next(4);
                    break;
                case 1:
                    story.Controller.Turn((ControlMode)random.Next(3), story.Now);
                    break;
                case 2 when story.IsBackendAlive:
                    await story.DieAsync();
                    break;
                case 3 when !story.IsBackendAlive:
                    await story.StartAsync();
                    break;
            }

            await story.StepAsync((h with { TimeMs = story.Now.ToUnixTimeMilliseconds(), Kind = h.Kind == 6 ? 1 : h.Kind }).ToEvent(rules));
            await story.PassAsync(random.Next(1, 25));
        }

        return story.Broken ?? await EndAsync(story);
    }

    /// <summary>A quiet minute and a half in which every command ends, then silence: everything goes home.</summary>
    private static async Task<string?> EndAsync(CommandStory story)
    {
        story.Network = Way.Normal;
        story.Controller.Turn(ControlMode.Remote, story.Now);
        if (!story.IsBackendAlive)
        {
            await story.StartAsync();
        }

        await story.PassAsync(70);
        var early = story.Records.Where(r => r.IsOpen && story.Now - r.Command.Issued > TimeSpan.FromSeconds(150)).ToArray();
        await story.DieAsync();
        await story.PassAsync(190);
        var away = story.Controller.Positions.Where(p => Math.Abs(p.Position - p.Actuator.Safe) > 1).Select(p => $"{p.Actuator.Id} stands at {p.Position}").ToArray();
        return story.Broken ?? (early.Length > 0 ? $"never ended: {early[0]}" : away.Length > 0 ? string.Join(", ", away) : null);
    }
}
