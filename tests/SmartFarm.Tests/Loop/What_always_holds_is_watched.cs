using SmartFarm.Simulator.Scenarios;
using SmartFarm.Worker.Trials.Loop;
using SmartFarm.Worker.Trials.Prove;
using Xunit;

namespace SmartFarm.Tests.Loop;

/// <summary>Red when a promise is broken in stories made by chance, and when a controller that breaks one is not noticed.</summary>
public sealed class What_always_holds_is_watched
{
    [Fact]
    public void Whatever_the_weather_does_and_whatever_breaks_every_promise_is_kept()
    {
        var lottery = new StoryLottery(LoopStories.January(TimeSpan.FromHours(6)));
        var stories = Enumerable.Range(1, 5).Select(seed => (Seed: seed, Story: lottery.Tell(seed))).ToList();

        Assert.True(stories.Sum(s => s.Story.Faults.Count) > 4, "there must be something to break");
        Assert.Empty(stories.SelectMany(s => LoopRun.Run(s.Story, LoopStories.Rules, s.Seed).Zones[0].Breaches.Select(b => $"seed {s.Seed}: {b}")));
    }

    [Fact]
    public void A_controller_that_does_not_mind_a_silent_backend_is_noticed()
    {
        var story = LoopStories.July(TimeSpan.FromHours(9)) with
        {
            DeadMan = TimeSpan.FromDays(1),
            Events = [new ScenarioEvent.ServerMoved(TimeSpan.FromHours(8), Server.Broker, IsUp: false)],
        };

        // Nobody hears the backend go: the broker would have told its will.
        var breach = Assert.Single(LoopRun.Run(story with { IsDeathTold = false }, LoopStories.Rules, 1).Zones[0].Breaches, b => b.Text.StartsWith("roof_vent", StringComparison.Ordinal));
        Assert.Equal("a silent backend ends in the safe state", breach.Promise);
        Assert.Empty(LoopRun.Run(story, LoopStories.Rules, 1).Zones[0].Breaches);
    }

    [Fact]
    public void The_same_seed_tells_the_same_story_and_others_tell_others()
    {
        var lottery = new StoryLottery(LoopStories.January(TimeSpan.FromHours(6)));

        Assert.Equal(Written(lottery, 5), Written(lottery, 5));
        Assert.Equal(20, Enumerable.Range(1, 20).Select(seed => Written(lottery, seed)).Distinct().Count());
    }

    private static string Written(StoryLottery lottery, long seed) => StoryText.Of(lottery.Tell(seed), 0, "story");
}
