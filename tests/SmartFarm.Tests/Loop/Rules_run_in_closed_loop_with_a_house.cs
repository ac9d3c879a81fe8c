using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Worker.Trials.Loop;
using Xunit;

namespace SmartFarm.Tests.Loop;

/// <summary>Red when the loop is open anywhere: readings that do not reach the rules, commands that do not reach the house, faults that do nothing.</summary>
public sealed class Rules_run_in_closed_loop_with_a_house
{
    private static readonly TimeSpan Night = TimeSpan.FromHours(12);

    [Fact]
    public void A_heater_that_rules_switch_keeps_a_January_night_warm()
    {
        var cold = Run(LoopStories.January(Night), LoopStories.NoRules);
        var warm = Run(LoopStories.January(Night), LoopStories.Rules);

        Assert.True(Air(cold).Least < 8, $"{Air(cold).Least}");
        Assert.InRange(Air(warm).Least, 10, 17);
        Assert.InRange(cold.Used.HeatMegajoules, 0, 0.05);
        Assert.InRange(warm.Used.HeatMegajoules, 0.5, 20);
        Assert.Contains(warm.Commands, c => c is { Actuator: "heater", Target: 1, Outcome: CommandStage.Succeeded });
        Assert.InRange(warm.Actuators.Single(a => a.Actuator.Id == "heater").Movements, 1, 60);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        var story = LoopStories.July(TimeSpan.FromHours(8)) with { Faults = [Fault("lost", "at", controller: "climate-ctrl")] };

        var (once, again, other) = (Run(story, LoopStories.Rules, 3), Run(story, LoopStories.Rules, 3), Run(story, LoopStories.Rules, 4));
        Assert.NotEmpty(once.Commands);
        Assert.Equal(once.Commands, again.Commands);
        Assert.Equal(once.Series.Values, again.Series.Values);
        Assert.NotEqual(once.Series.Values[3], other.Series.Values[3]);
    }

    [Fact]
    public void A_stuck_vent_fails_and_is_asked_again_with_pauses()
    {
        var story = LoopStories.July(TimeSpan.FromHours(8)) with { Faults = [Fault("stuck", "roof_vent", controller: "climate-ctrl")] };

        var run = Run(story, LoopStories.Rules);

        Assert.DoesNotContain(run.Commands, c => c is { Actuator: "roof_vent", Outcome: CommandStage.Succeeded });
        Assert.InRange(run.Commands.Count(c => c is { Actuator: "roof_vent", Outcome: CommandStage.Failed }), 3, 60);
        Assert.Equal(0, run.Actuators.Single(a => a.Actuator.Id == "roof_vent").Movements);
    }

    [Fact]
    public void When_the_backend_dies_everything_goes_to_its_safe_state()
    {
        var story = LoopStories.July(TimeSpan.FromHours(10)) with { Events = [new ScenarioEvent.ServerMoved(TimeSpan.FromHours(8), Server.Worker, IsUp: false)] };

        var run = Run(story, LoopStories.Rules);

        var vent = run.Series.Values[run.Series.Columns.ToList().FindIndex(c => c.StartsWith("roof_vent", StringComparison.Ordinal))];
        Assert.True(vent[46] > 50, $"{vent[46]}");
        Assert.All(vent[50..], position => Assert.Equal(0, position));
    }

    [Fact]
    public void A_key_that_is_turned_stops_commands()
    {
        var story = LoopStories.January(Night) with { Events = [new ScenarioEvent.KeyTurned(TimeSpan.Zero, "t1", "climate-ctrl", Domain.Commands.ControlMode.Manual)] };

        Assert.DoesNotContain(Run(story, LoopStories.Rules).Commands, c => c.Actuator == "heater");
    }

    [Fact]
    public void Least_times_hold_at_the_actuator()
    {
        var nervous = LoopStories.Parse("rules: [{ id: nervous, zones: [gh1], when: air_temperature < 15 °C, set: { heater: on }, otherwise: { heater: off } }]");
        var commands = Run(LoopStories.January(Night), nervous).Commands.Where(c => c.Actuator == "heater").OrderBy(c => c.Issued).ToList();

        Assert.InRange(commands.Count, 10, 300);
        Assert.All(commands.Zip(commands.Skip(1)), pair => Assert.True(pair.Second.Issued - pair.First.Issued >= TimeSpan.FromMinutes(3), $"{pair}"));
    }

    private static ZoneResult Run(LoopStory story, SmartFarm.Rules.RuleBook rules, long seed = 1) => LoopRun.Run(story, rules, seed).Zones[0];

    private static ClimateTally Air(ZoneResult result) => result.Climate.Single(c => c.Band.Quantity == Quantities.AirTemperature);

    private static FaultSpec Fault(string kind, string actuator, string controller) => new()
    {
        Kind = kind,
        Site = "t1",
        Controller = controller,
        Actuator = kind == "lost" ? null : actuator,
        Window = new FaultWindow(DateTimeOffset.UnixEpoch, null),
    };
}
