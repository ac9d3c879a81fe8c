using SmartFarm.Domain.Commands;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Scenarios;

public sealed class A_scenario_is_read_or_says_what_is_wrong : IDisposable
{
    private const string Story = """
        title: A test
        story: What happens.
        farm: farm
        start: 2026-07-15T09:00+05:00
        duration: 6 h
        weather:
          - { kind: wind_storm, at: 2 h, for: 1 h, strength: 0.8 }
        faults:
          - { kind: bias, device: climate-1, quantity: air_temperature, at: 1 h, for: 30 min, by: 3 }
          - { kind: drift, device: climate-1, since: 30 d }
        events:
          - { at: 3 h, down: worker, for: 10 min }
          - { at: 1 h, turn: manual, controller: ctrl-1 }
        expect:
          - says: It is so.
            at: 2 h
            climate: { zone: gh1, quantity: air_temperature, value: 5..30, fresh: true }
        """;

    private readonly TempFolder _library = new();

    public A_scenario_is_read_or_says_what_is_wrong()
    {
        Directory.CreateDirectory(_library.File("farm"));
        File.WriteAllText(_library.File("farm/farm.yaml"), """
            farm: test
            sites:
              - id: t1
                zones:
                  - id: gh1
                    devices: [{ id: climate-1, quantities: [air_temperature] }]
                    controllers: [{ id: ctrl-1, actuators: [{ id: roof_vent, kind: position }] }]
            """);
    }

    public void Dispose() => _library.Dispose();

    [Fact]
    public void Times_are_after_the_start_and_events_in_their_order()
    {
        var scenario = Load(Story);

        var start = new DateTimeOffset(2026, 7, 15, 4, 0, 0, TimeSpan.Zero);
        Assert.Equal((start, TimeSpan.FromHours(6), TimeSpan.FromSeconds(10)), (scenario.Start, scenario.Duration, scenario.Step));
        Assert.Equal((start.AddHours(2), start.AddHours(3)), (scenario.Weather.Single().Start, scenario.Weather.Single().End));
        Assert.Equal([(start.AddHours(1), start.AddHours(1.5)), (start.AddDays(-30), null)], scenario.Faults.Select(f => (f.Window.Start, f.Window.End)));
        Assert.Equal("3", scenario.Faults[0].Parameters["by"]);
        Assert.Equal("t1", scenario.Faults[0].Site);
        Assert.Equal(
            [
                new ScenarioEvent.KeyTurned(TimeSpan.FromHours(1), "t1", "ctrl-1", ControlMode.Manual),
                new ScenarioEvent.ServerMoved(TimeSpan.FromHours(3), Server.Worker, IsUp: false),
                new ScenarioEvent.ServerMoved(TimeSpan.FromMinutes(190), Server.Worker, IsUp: true),
            ],
            scenario.Events);
        Assert.Equal("It is so.", Assert.Single(scenario.Expectations).Says);
    }

    [Theory]
    [InlineData("kind: wind_storm", "kind: windstrom", "There is no weather event 'windstrom'; did you mean 'wind_storm'?")]
    [InlineData("kind: bias", "kind: biass", "did you mean 'bias'?")]
    [InlineData("by: 3", "bay: 3", "has no parameter 'bay'; did you mean 'by'?")]
    [InlineData("down: worker", "down: boiler", "'boiler' is not possible here")]
    [InlineData("value: 5..30", "value: warm", "'warm' is no range of numbers; write for example 3, 1.., ..5 or 0..5.")]
    [InlineData("air_temperature, value", "air_temprature, value", "did you mean 'air_temperature'?")]
    [InlineData("climate: {", "weather: {", "What is expected stands under one of commands, account")]
    [InlineData("duration: 6 h", "duration: 1 h", "'at' lies behind the end of the scenario")]
    [InlineData("+05:00", "", "is no moment with its offset from UTC")]
    [InlineData("duration: 6 h", "duration: 6 h\nstep: 2 min", "A step is 60 s at most")]
    [InlineData("title: A test", "titel: A test", "The key 'title' is missing")]
    public void A_mistake_is_named_with_its_place_and_remedy(string right, string wrong, string sentence)
    {
        var fault = Assert.Throws<SimulatorException>(() => Load(Story.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(sentence, fault.Message);
        Assert.Contains("story.yaml:", fault.Message);
    }

    [Fact]
    public void A_name_that_the_library_does_not_have_is_told_with_what_it_has()
    {
        Load(Story);

        var fault = Assert.Throws<SimulatorException>(() => ScenarioLoader.Load(_library.Path, "stori"));

        Assert.Contains("did you mean 'story'?", fault.Message);
    }

    private Scenario Load(string text)
    {
        File.WriteAllText(_library.File("story.yaml"), text);
        return ScenarioLoader.Load(_library.Path, "story");
    }
}
