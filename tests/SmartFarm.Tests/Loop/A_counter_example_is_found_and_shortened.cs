using SmartFarm.Domain.Quantities;
using SmartFarm.Rules;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Trials.Loop;
using SmartFarm.Worker.Trials.Prove;
using Xunit;

namespace SmartFarm.Tests.Loop;

/// <summary>Red when unsafe rules pass the search, when safe ones do not, or when what is printed does not break the invariant.</summary>
public sealed class A_counter_example_is_found_and_shortened
{
    private const string Declared = "invariants:\n  - { id: heat-into-open-vents, never: heater is on and roof_vent > 10 % for 2 min, because: heat goes out of the window }\n";

    private const string Unsafe = """
        rules:
          - { id: heat-on-cold, when: air_temperature < 20 °C for 2 min, until: air_temperature > 22 °C, set: { heater: on }, otherwise: { heater: off } }
          - { id: vent-on-humidity, when: relative_humidity > 75 % for 5 min, until: relative_humidity < 65 %, set: { roof_vent: 15 % }, otherwise: { roof_vent: 0 % } }
        """;

    private const string Interlock = """

        interlocks:
          - { id: no-heat-into-vents, when: roof_vent > 8 %, force: { heater: off } }
          - { id: no-vents-while-hot, when: heater is on, limit: { roof_vent: 0..8 % } }
        """;

    private static readonly LoopStory Night = LoopStories.January(TimeSpan.FromHours(6)) with { Step = TimeSpan.FromSeconds(30) };
    private static readonly RuleBook Invariant = Invariants.Parse(Declared, LoopStories.Farm);

    [Fact]
    public void Unsafe_rules_break_it_and_few_events_are_left()
    {
        var found = new Prover(Night, LoopStories.Parse(Unsafe), Invariant).Search(first: 1, count: 4, progress: null, CancellationToken.None)!;

        Assert.Equal("heat-into-open-vents", found.Attempt.Breach.Promise);
        Assert.InRange(found.Events.Count, 2, 6);
        Assert.All(found.Events, e => Assert.Contains(e.Signal!.Name, new[] { Quantities.AirTemperature.Name, Quantities.RelativeHumidity.Name }));
        Assert.Equal(1, found.Wanted.Single(d => d?.Actuator == "heater")!.Target);
        Assert.Equal(15, found.Wanted.Single(d => d?.Actuator == "roof_vent")!.Target);
        Assert.Empty(found.Attempt.Story.Faults);
        Assert.Empty(found.Attempt.Story.Weather);

        var zone = LoopStories.Farm.Sites[0].Zones[0];
        var text = CaseText.Of(found, zone, TimeZoneInfo.Utc);
        Assert.Contains("heater: off }", text, StringComparison.Ordinal);
        Assert.Contains("relative_humidity: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_search_finds_the_same() =>
        Assert.Equal(Story(), Story());

    [Fact]
    public void Rules_with_an_interlock_do_not_break_it()
    {
        var rules = LoopStories.Parse(Unsafe + Interlock);

        Assert.Null(new Prover(Night, rules, Invariant).Search(first: 1, count: 4, progress: null, CancellationToken.None));
    }

    [Fact]
    public void The_story_that_is_printed_is_one_that_can_be_played_and_breaks_it_again()
    {
        var rules = LoopStories.Parse(Unsafe);
        var found = new Prover(Night, rules, Invariant).Search(first: 1, count: 4, progress: null, CancellationToken.None)!;

        var scenario = ScenarioLoader.ParseFor(StoryText.Of(found.Attempt.Story, found.Attempt.Seed, "again"), "again", "", LoopStories.Farm);
        var story = LoopStory.Of(scenario) with { DaysBefore = Night.DaysBefore, Duration = scenario.Duration + TimeSpan.FromMinutes(1) };

        Assert.True(found.Attempt.IsSame(Attempt.Play(story, scenario.Seed, rules, Invariant, isNoted: false, CancellationToken.None)));
    }

    [Fact]
    public void A_mistake_in_an_invariant_is_told_where_it_stands()
    {
        var wrong = Assert.Throws<SettingsException>(() => Invariants.Parse(Declared.Replace("heater is", "heeter is", StringComparison.Ordinal), LoopStories.Farm));

        Assert.Contains("invariants.yaml:2:", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'heater'?", wrong.Message, StringComparison.Ordinal);
    }

    private static string Story()
    {
        var found = new Prover(Night, LoopStories.Parse(Unsafe), Invariant).Search(first: 1, count: 4, progress: null, CancellationToken.None)!;
        return StoryText.Of(found.Attempt.Story, found.Attempt.Seed, "found") + string.Join('\n', found.Events);
    }
}
