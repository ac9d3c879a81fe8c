using System.Text;
using SmartFarm.Configuration.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Rules;

public sealed class Rule_engine_tests
{
    private const string Vent = "{ id: vent, zones: [gh1], when: air_temperature > 28 °C for 2 min, set: { roof_vent: 60 % }, otherwise: { roof_vent: 0 % } }";

    [Fact]
    public void Nothing_is_allocated_while_nothing_changes()
    {
        var run = new RuleRun(RuleRun.Compile());
        for (var i = 0; i < 100; i++)
        {
            run.Step(Temperature(run, i * 10_000L, 20 + (i % 3)));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 100; i < 1100; i++)
        {
            run.Step(Temperature(run, i * 10_000L, 20 + (i % 3)));
            run.Step(RuleEvent.Tick((i * 10_000L) + 5000));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_rule_that_did_not_change_keeps_its_timer_when_the_book_does()
    {
        var old = new RuleRun(RuleRun.Compile("rules: [" + Vent + "]"));
        old.Step(Temperature(old, 0, 20));
        old.Step(Temperature(old, 60_000, 30));
        var changed = new RuleRun(RuleRun.Compile("rules: [{ id: other, zones: [gh1], when: co2 > 900 ppm, set: { heater: on } }, " + Vent.Replace("for 2 min", "for  120 s") + "]"));
        changed.State = changed.Engine.Restore(old.Engine.Save(old.State));

        changed.Step(RuleEvent.Tick(180_001));

        Assert.Equal((180_000, 60), (Assert.Single(changed.Decisions).TimeMs, changed.Decisions[0].Target));
    }

    [Fact]
    public void A_rule_that_changed_starts_fresh_and_what_was_wanted_stays()
    {
        var old = new RuleRun(RuleRun.Compile("rules: [" + Vent + "]"));
        old.Step(Temperature(old, 0, 30));
        old.Step(RuleEvent.Tick(120_001));
        var changed = new RuleRun(RuleRun.Compile("rules: [" + Vent.Replace("28 °C", "29 °C") + "]"));
        changed.State = changed.Engine.Restore(old.Engine.Save(old.State));

        changed.Step(RuleEvent.Tick(200_000));

        Assert.Empty(changed.Decisions);
        Assert.Equal(old.Decisions[^1], changed.State.WantedOf("roof_vent"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"Version":1,"NowMs":0,"Inputs":[],"Rules":[],"Wanted":[]}""")]
    public void A_saved_state_that_cannot_be_read_says_so(string saved)
    {
        var engine = new ZoneEngine(RuleRun.Compile());

        Assert.Contains("the zone starts fresh", Assert.Throws<InvalidDataException>(() => engine.Restore(Encoding.UTF8.GetBytes(saved))).Message);
    }

    [Fact]
    public void The_version_is_the_one_given_or_a_fingerprint_of_the_meaning()
    {
        string Source(string rule) => Assert.Single(RuleRun.Compile("rules: [" + rule + "]").Sources);

        Assert.Equal(Source(Vent), Source(Vent.Replace("28 °C for 2 min", "82.4 °F for 120 s")));
        Assert.NotEqual(Source(Vent), Source(Vent.Replace("60 %", "61 %")));
        Assert.Equal("vent@7", Source(Vent.Replace("id: vent", "id: vent, version: 7")));
        Assert.Matches("^vent@[0-9a-f]{8}$", Source(Vent));
    }

    [Fact]
    public void A_limit_does_not_wait_for_the_rest_of_a_motor_that_the_winner_has_to_wait_for()
    {
        var farm = FarmLoader.Parse("""
            sites:
              - id: s
                devices: [{ id: weather, quantities: [wind_speed] }]
                zones:
                  - id: z
                    devices: [{ id: climate-1 }]
                    controllers: [{ id: c, actuators: [{ id: vent, kind: position, rest: 10 min }] }]
            """).Farm!;
        var book = RuleLoader.Parse("""
            rules:
              - { id: heat, when: air_temperature > 28 °C, set: { vent: 60 % }, otherwise: { vent: 3 % } }
            interlocks:
              - { id: gusty, when: site.wind_speed > 9 m/s, limit: { vent: 40..70 % } }
            """, farm).Book!;
        var run = new RuleRun(book.Zones[0]);

        run.Step(Temperature(run, 0, 30));
        run.Step(Temperature(run, 660_000, 20));
        run.Step(Temperature(run, 720_000, 30));
        run.Step(RuleRun.Observed(run.Engine.Rules, 720_000, "site.wind_speed", 12));
        run.Step(RuleEvent.Tick(1_320_001));

        Assert.Equal([(0L, 60.0), (660_000, 3), (720_000, 40), (1_320_000, 60)], run.Decisions.Select(d => (d.TimeMs, d.Target)));
    }

    [Fact]
    public void Values_that_are_no_numbers_are_unknown()
    {
        var run = new RuleRun(RuleRun.Compile("rules: [{ id: v, zones: [gh1], when: not air_temperature > 28 °C, set: { heater: on } }]"));

        run.Step(Temperature(run, 0, double.NaN));
        run.Step(Temperature(run, 1, double.PositiveInfinity));

        Assert.Empty(run.Decisions);
    }

    [Fact]
    public void A_farm_without_rules_has_a_book_with_every_zone_and_no_rule()
    {
        using var folder = new TempFolder();

        var result = RuleLoader.Load(folder.Path, FarmLoader.Load(Repository.PathOf("farm")).Farm!);

        Assert.Equal(["gh1", "gh2"], result.Book!.Zones.Select(z => z.Zone));
        Assert.All(result.Book.Zones, z => Assert.Empty(z.Sources));
    }

    [Fact]
    public void A_file_that_would_be_overlooked_is_an_error_and_cases_are_not_rules()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("rules"));
        File.WriteAllText(folder.File("rules/a.yml"), "rules: []");
        File.WriteAllText(folder.File("rules/a.cases.yaml"), "cases: []");

        var result = RuleLoader.Load(folder.Path, FarmLoader.Load(Repository.PathOf("farm")).Farm!);

        Assert.StartsWith("rules/a.yml: Only files that end in .yaml are read", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Brackets_without_end_are_refused_without_harm()
    {
        var farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;
        foreach (var opener in new[] { "(", "not " })
        {
            var text = string.Concat(Enumerable.Repeat(opener, 490));

            Assert.Contains("nested more than 32 deep", RuleLoader.Parse($"rules: [{{ id: a, when: \"{text}\", set: {{ heater: on }} }}]", farm).Errors[0].Message);
        }
    }

    private static RuleEvent Temperature(RuleRun run, long timeMs, double value) => RuleRun.Observed(run.Engine.Rules, timeMs, "air_temperature", value);
}
