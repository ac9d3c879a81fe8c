using System.Text;
using SmartFarm.Rules.Engine;
using Xunit;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>Times at the ends of what there is, limits upon limits, and who is left in charge when everybody else is blind.</summary>
public sealed class The_engine_at_its_edges
{
    private const string Vent = "{ id: hot, when: air_temperature > 28 °C, set: { vent: 60 % }, otherwise: { vent: 0 % } }";

    [Theory]
    [InlineData("interlock", "interlock")]
    [InlineData("protection", "interlock")]
    public void The_strictest_of_two_limits_counts_whichever_stands_first(string first, string second)
    {
        var run = Run($"""
            rules: [{Vent}]
            interlocks:
              - {"{"} id: wide, level: {first}, when: site.wind_speed > 1 m/s, limit: {"{"} vent: 0..50 % {"}"} {"}"}
              - {"{"} id: narrow, level: {second}, when: site.wind_speed > 1 m/s, limit: {"{"} vent: 0..20 % {"}"} {"}"}
            """);

        run.Step(Seen(run, 0, "site.wind_speed", 5));
        run.Step(Seen(run, 1, "air_temperature", 30));

        Assert.Equal(20, run.State.WantedOf("vent")!.Target);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_700_000_000_000)]
    [InlineData(-1_700_000_000_000)]
    public void An_order_without_end_outlives_a_restart(long shiftMs)
    {
        var run = Run($"rules: [{Vent}]");
        run.Step(RuleEvent.Overridden(1000, 0, new ManualOrder(30, "ann", "by hand", long.MaxValue)));

        run.State = run.Engine.Restore(run.Engine.Save(run.State, shiftMs), -shiftMs);
        run.Step(RuleEvent.Tick(10_000_000));

        Assert.Equal((30, Authority.Manual), (run.State.WantedOf("vent")!.Target, run.State.WantedOf("vent")!.Authority));
        Assert.Equal(long.MaxValue, run.State.Overrides[0]!.UntilMs);
    }

    [Theory]
    [InlineData("heater", 0.7, 1)]
    [InlineData("heater", 0.2, 0)]
    [InlineData("vent", 250, 100)]
    public void An_order_is_one_that_the_machine_can_follow(string actuator, double target, double reached)
    {
        var run = Run($"rules: [{Vent}]");

        run.Step(RuleEvent.Overridden(0, run.Engine.Rules.ActuatorIndex(actuator), new ManualOrder(target, "ann", "by hand", 1000)));

        Assert.Equal(reached, run.State.WantedOf(actuator)!.Target);
    }

    [Fact]
    public void An_order_for_nothing_or_for_no_number_changes_nothing()
    {
        var run = Run($"rules: [{Vent}]");

        run.Step(RuleEvent.Overridden(0, -1, new ManualOrder(1, "ann", "by hand", 1000)));
        run.Step(RuleEvent.Overridden(0, 0, new ManualOrder(double.NaN, "ann", "by hand", 1000)));
        run.Step(RuleEvent.Released(0, -1, "ann"));

        Assert.Empty(run.Decisions);
    }

    [Fact]
    public void What_was_by_hand_goes_to_its_safe_state_when_nobody_who_sees_takes_over()
    {
        var run = Run("rules: [{ id: cold, when: air_temperature < 16 °C, set: { heater: on }, otherwise: { heater: off } }]");
        run.Step(Seen(run, 0, "air_temperature", 20));
        run.Step(RuleEvent.Overridden(1000, run.Engine.Rules.ActuatorIndex("heater"), new ManualOrder(1, "ann", "drying", 1_000_000)));

        run.Step(RuleEvent.Tick(2_000_000));

        var end = run.State.WantedOf("heater")!;
        Assert.Equal((1_000_000, 0, Authority.SafeState), (end.TimeMs, end.Target, end.Authority));
        Assert.Contains("the rules that would take over are blind", end.Reason);
    }

    [Fact]
    public void A_rule_that_was_blind_too_long_brings_home_what_a_limit_holds()
    {
        var run = Run($$"""
            rules: [{{Vent.Replace("}, other", "}, unknown: hold 2 min then safe, other")}}]
            interlocks: [{ id: windy, when: site.wind_speed > 8 m/s, limit: { vent: 0..20 % } }]
            """);
        run.Step(Seen(run, 0, "site.wind_speed", 10));
        run.Step(Seen(run, 1, "air_temperature", 30));
        Assert.Equal(20, run.State.WantedOf("vent")!.Target);

        run.Step(RuleEvent.Tick(600_000));

        Assert.Equal((0, Authority.SafeState), (run.State.WantedOf("vent")!.Target, run.State.WantedOf("vent")!.Authority));
    }

    [Fact]
    public void The_first_start_of_a_machine_counts_as_one()
    {
        var run = Run("rules: [{ id: cold, when: air_temperature < 16 °C, set: { heater: on }, otherwise: { heater: off } }]");

        run.Step(Seen(run, 0, "air_temperature", 10));
        run.Step(Seen(run, 1000, "air_temperature", 20));

        Assert.Equal(1, run.State.WantedOf("heater")!.Target);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(253_402_300_799_999)]
    public void A_time_of_no_calendar_is_refused_and_changes_nothing(long timeMs)
    {
        var run = Run("rules: [{ id: sun, when: time between 06:00 and sunset and avg(air_temperature over 30 s) > 20 °C, set: { vent: 5 % } }]");
        run.Step(Seen(run, 1_700_000_000_000, "air_temperature", 30));
        var before = Encoding.UTF8.GetString(run.Engine.Save(run.State));

        Assert.Throws<ArgumentOutOfRangeException>(() => run.Step(RuleEvent.Tick(timeMs)));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Step(Seen(run, timeMs, "air_temperature", 30)));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Step(RuleEvent.ClockSet(1_700_000_000_000, timeMs)));

        Assert.Equal(before, Encoding.UTF8.GetString(run.Engine.Save(run.State)));
    }

    [Fact]
    public void A_window_that_has_run_empty_asks_for_nothing()
    {
        var run = Run("rules: [{ id: warm, when: avg(air_temperature over 30 s) > 20 °C, set: { vent: 5 % } }]");
        run.Step(Seen(run, 1_700_000_000_000, "air_temperature", 30));

        run.Step(RuleEvent.Tick(1_700_000_000_000 + 3_600_000));

        Assert.Equal(long.MaxValue, run.State.NextDueMs);
    }

    [Fact]
    public void A_value_from_before_1970_goes_stale_too()
    {
        var run = Run($"rules: [{Vent}]");

        run.Step(Seen(run, -100_000, "air_temperature", 30));
        run.Step(RuleEvent.Tick(0));

        Assert.Null(run.State.ValueOf(0));
    }

    [Theory]
    [InlineData("sunset - 1 h and sunset + 8 h", "2026-06-20T22:00Z", true)]
    [InlineData("sunset - 1 h and sunset + 8 h", "2026-06-20T18:00Z", true)]
    [InlineData("sunset - 1 h and sunset + 8 h", "2026-06-21T02:00Z", false)]
    [InlineData("sunrise - 6 h and sunrise", "2026-06-20T18:30Z", true)]
    [InlineData("sunrise - 6 h and sunrise", "2026-06-20T22:00Z", true)]
    [InlineData("sunrise - 6 h and sunrise", "2026-06-20T12:00Z", false)]
    [InlineData("22:00 and 06:00", "2026-06-20T22:00Z", true)]
    [InlineData("06:00 and 22:00", "2026-06-20T22:00Z", false)]
    public void A_part_of_the_day_may_reach_over_midnight(string part, string time, bool isWithin)
    {
        var run = Run($"rules: [{{ id: part, when: time between {part} and air_temperature < 50 °C, set: {{ vent: 5 % }} }}]");

        run.Step(Seen(run, DateTimeOffset.Parse(time).ToUnixTimeMilliseconds(), "air_temperature", 20));

        Assert.Equal(isWithin, run.State.WantedOf("vent") is not null);
    }

    [Fact]
    public void A_state_from_a_clock_that_was_ahead_keeps_the_wall_time_of_now()
    {
        var run = Run($"rules: [{Vent}]");
        run.Step(Seen(run, 5_000_000, "air_temperature", 30));

        var restored = run.Engine.Restore(run.Engine.Save(run.State), nowMs: 1_000_000);

        Assert.Equal((1_000_000, 0), (restored.NowMs, restored.WallOffsetMs));
    }

    [Theory]
    [InlineData("\"Timers\":[]", "\"Timers\":null")]
    [InlineData("\"Rules\":[{", "\"Rules\":[null,{")]
    public void A_saved_state_with_holes_says_so(string whole, string hole)
    {
        var run = Run($"rules: [{Vent}]");
        var saved = Encoding.UTF8.GetString(run.Engine.Save(run.State));

        var e = Assert.Throws<InvalidDataException>(() => run.Engine.Restore(Encoding.UTF8.GetBytes(saved.Replace(whole, hole))));

        Assert.Contains("the zone starts fresh", e.Message);
    }

    [Fact]
    public void A_band_that_was_changed_is_seen_after_a_restart()
    {
        const string Text = "bands: [{ zones: [z1], air_temperature: 18 °C .. 26 °C }]\nrules: [{ id: hot, when: air_temperature > air_temperature.high, set: { vent: 60 % } }]";
        var run = Run(Text);
        run.Step(Seen(run, 0, "air_temperature", 25));
        var changed = Run(Text.Replace("26", "24"));
        changed.State = changed.Engine.Restore(run.Engine.Save(run.State));

        changed.Step(RuleEvent.Tick(1));

        Assert.Equal(60, changed.State.WantedOf("vent")?.Target);
    }

    private static RuleRun Run(string rules) => new(SafetyFarm.Compile(rules));

    private static RuleEvent Seen(RuleRun run, long timeMs, string name, double value) => RuleRun.Observed(run.Engine.Rules, timeMs, name, value, staleAfterMs: SafetyFarm.StaleAfterMs);
}
