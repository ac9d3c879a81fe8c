using SmartFarm.Configuration.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using Xunit;

namespace SmartFarm.Tests.Rules;

/// <summary>
/// Red when a pump without flow passes for one that works, when a verdict comes early, late or twice, when the unknown counts as a failure, or when a
/// restart forgets what is watched for.
/// </summary>
public sealed class Effects_are_watched_for
{
    private const string Farm = """
        sites:
          - id: s
            devices: [{ id: weather, quantities: [air_temperature] }]
            zones:
              - id: z
                devices: [{ id: d, quantities: [air_temperature, water_flow] }]
                controllers:
                  - id: c
                    actuators:
                      - { id: pump, kind: switch, expect: water_flow > 2 L/min within 10 s }
                      - { id: valve, kind: switch, expect: [{ off: water_flow < 0.5 L/min within 30 s }] }
                      - { id: spare, kind: switch }
                      - id: vent
                        kind: position
                        expect:
                          - position within 3 % within 4 min
                          - air_temperature falls by 0.5 °C within 15 min while site.air_temperature < air_temperature
        """;

    private const string Fallback = """
        rules:
          - id: spare-pump
            when: pump.no_effect is on
            set: { spare: on }
            otherwise: { spare: off }
        """;

    public static TheoryData<Disturbance> Disturbances => [.. Enum.GetValues<Disturbance>()];

    [Theory]
    [MemberData(nameof(Disturbances))]
    public void A_pump_without_flow_is_found_out_and_another_takes_over(Disturbance disturbance)
    {
        var run = Run(disturbance);
        run.Step(Flow(run, 0, 0));
        Acknowledge(run, 1_000, "pump", 1);

        run.Step(Flow(run, 9_000, 1.9));
        Assert.Empty(run.Output.Effects);
        run.Step(RuleEvent.Tick(20_000));

        var verdict = Assert.Single(run.Output.Effects);
        Assert.Equal((11_000, "pump", 1, Truth.False), (verdict.TimeMs, verdict.Actuator, verdict.Target, verdict.Seen));
        Assert.Equal("expected on: water_flow > 2 L/min within 10 s, not seen: water_flow 1.9 L/min, not > 2 L/min", verdict.Text);
        Assert.Equal((11_000, "spare", 1), (run.Decisions[^1].TimeMs, run.Decisions[^1].Actuator, run.Decisions[^1].Target));
    }

    [Theory]
    [MemberData(nameof(Disturbances))]
    public void One_with_flow_has_its_effect_once(Disturbance disturbance)
    {
        var run = Run(disturbance);
        Acknowledge(run, 1_000, "pump", 1);
        run.Step(Flow(run, 4_000, 2.5));
        run.Step(Flow(run, 5_000, 0));
        run.Step(RuleEvent.Tick(60_000));

        Assert.Equal((4_000, Truth.True), (Assert.Single(run.Output.Effects).TimeMs, run.Output.Effects[0].Seen));
    }

    [Fact]
    public void An_effect_takes_back_an_earlier_failure()
    {
        var run = Run();
        run.Step(Flow(run, 0, 0));
        Acknowledge(run, 1_000, "pump", 1);
        run.Step(RuleEvent.Tick(20_000));
        Acknowledge(run, 30_000, "pump", 1);
        run.Step(Flow(run, 33_000, 3));

        Assert.Equal([Truth.False, Truth.True], run.Output.Effects.Select(e => e.Seen));
        Assert.Equal((33_000, "spare", 0), (run.Decisions[^1].TimeMs, run.Decisions[^1].Actuator, run.Decisions[^1].Target));
    }

    [Fact]
    public void Without_a_sensor_nobody_can_tell()
    {
        var run = Run();
        Acknowledge(run, 1_000, "pump", 1);
        run.Step(RuleEvent.Tick(20_000));

        Assert.Equal(Truth.Unknown, Assert.Single(run.Output.Effects).Seen);
        Assert.DoesNotContain(run.Decisions, d => d.Actuator == "spare" && d.Target == 1);
    }

    [Fact]
    public void What_is_switched_off_again_in_time_is_not_judged()
    {
        var run = Run();
        run.Step(Flow(run, 0, 0));
        Acknowledge(run, 1_000, "pump", 1);
        Acknowledge(run, 5_000, "pump", 0);
        run.Step(RuleEvent.Tick(60_000));

        Assert.Empty(run.Output.Effects);
    }

    [Fact]
    public void What_is_wanted_otherwise_in_the_meantime_is_not_judged()
    {
        var run = Run();
        run.Step(Flow(run, 0, 0));
        Acknowledge(run, 1_000, "pump", 1);
        run.Step(RuleEvent.Overridden(5_000, run.Engine.Rules.ActuatorIndex("pump"), new ManualOrder(0, "aigul", "leak", 3_600_000)));
        run.Step(RuleEvent.Tick(60_000));

        Assert.Empty(run.Output.Effects);
    }

    [Fact]
    public void Flow_through_a_valve_that_is_closed_is_found()
    {
        var run = Run();
        run.Step(Flow(run, 0, 3));
        Acknowledge(run, 1_000, "valve", 1);
        Acknowledge(run, 10_000, "valve", 0);
        run.Step(RuleEvent.Tick(60_000));

        Assert.Equal((40_000, "valve", Truth.False), (Assert.Single(run.Output.Effects).TimeMs, run.Output.Effects[0].Actuator, run.Output.Effects[0].Seen));
    }

    [Theory]
    [InlineData(58, Truth.True)]
    [InlineData(50, Truth.False)]
    public void A_vent_is_where_it_was_told_to_be(double position, Truth seen)
    {
        var run = Run();
        Acknowledge(run, 1_000, "vent", 60);
        var signal = run.Engine.Rules.SignalIndex(SignalScope.Actuator, "vent", Signal.Position);
        run.Step(RuleEvent.Observed(120_000, signal, position, true, 600_000));
        run.Step(RuleEvent.Tick(400_000));

        Assert.Equal(seen, run.Output.Effects.Single(e => e.Text.Contains("position")).Seen);
    }

    [Theory]
    [InlineData(20, 23.5, Truth.True)]
    [InlineData(20, 23.8, Truth.False)]
    [InlineData(30, 23.8, Truth.Unknown)]
    public void A_vent_cools_while_it_is_cooler_outside(double outside, double then, Truth seen)
    {
        var run = Run();
        run.Step(RuleRun.Observed(run.Engine.Rules, 0, "air_temperature", 24, staleAfterMs: 3_600_000));
        run.Step(RuleRun.Observed(run.Engine.Rules, 500, "site.air_temperature", outside, staleAfterMs: 3_600_000));
        Acknowledge(run, 1_000, "vent", 60);
        run.Step(RuleRun.Observed(run.Engine.Rules, 600_000, "air_temperature", then, staleAfterMs: 3_600_000));
        run.Step(RuleEvent.Tick(1_000_000));

        var verdict = run.Output.Effects.Single(e => e.Text.Contains("falls by 0.5 K"));
        Assert.Equal(seen, verdict.Seen);
    }

    [Theory]
    [InlineData("water_flow > 2 L/min", "10:51", "has no time")]
    [InlineData("water_flow > 2 L/min within soon", "10:79", "'soon' is not a duration")]
    [InlineData("water_flow > 2 °C within 10 s", "10:66", "is measured in L/min")]
    [InlineData("position within 3 % within 4 min", "10:51", "pump is a switch")]
    [InlineData("air_temperature falls by 2 L/min within 4 min", "10:76", "'2 L/min' is no amount of air_temperature")]
    [InlineData("co2 > 2 ppm within 4 min", "10:51", "No device of zone z measures co2")]
    [InlineData("water_flow > 2 L/min within 4 min while windy > 2", "10:91", "'windy' is not known")]
    public void What_cannot_be_expected_is_refused_where_it_stands(string expect, string place, string message)
    {
        var farm = FarmLoader.Parse(Farm.Replace("expect: water_flow > 2 L/min within 10 s", $"expect: {expect}", StringComparison.Ordinal)).Farm!;

        var error = Assert.Single(RuleLoader.Parse("rules: []", farm).Errors);

        Assert.StartsWith($"farm.yaml:{place}: expect of z/pump: ", error.ToString());
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void A_rule_that_asks_for_an_effect_nobody_expects_is_refused()
    {
        var farm = FarmLoader.Parse(Farm).Farm!;

        var error = Assert.Single(RuleLoader.Parse(Fallback.Replace("pump.no_effect", "spare.no_effect", StringComparison.Ordinal), farm).Errors);

        Assert.Contains("spare of zone z expects nothing", error.Message);
    }

    private static RuleRun Run(Disturbance disturbance = Disturbance.None)
    {
        var farm = FarmLoader.Parse(Farm);
        Assert.Empty(farm.Errors);
        var loaded = RuleLoader.Parse(Fallback, farm.Farm!);
        Assert.Empty(loaded.Errors);
        return new RuleRun(loaded.Book!.Zones[0], disturbance);
    }

    private static RuleEvent Flow(RuleRun run, long timeMs, double value) => RuleRun.Observed(run.Engine.Rules, timeMs, "water_flow", value);

    private static void Acknowledge(RuleRun run, long timeMs, string actuator, double target) =>
        run.Step(RuleEvent.Acknowledged(timeMs, run.Engine.Rules.ActuatorIndex(actuator), target));
}
