using SmartFarm.Configuration.Farms;
using SmartFarm.Rules.Trials.Cases;
using SmartFarm.Rules.Trials.Coverage;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Rules.Trials;

/// <summary>Coverage of rules by cases. Red when a way that was never gone counts as gone, when one that was gone does not, or when counting changes what the rules decide.</summary>
public sealed class What_no_case_tried_is_named
{
    private const string Rules = """
        rules:
          - { id: vent, zones: [gh1], when: air_temperature > 28 °C for 2 min or co2 > 900 ppm, until: air_temperature < 26 °C, set: { roof_vent: 60 % }, unknown: hold 10 min then safe }
          - { id: other, zones: [gh1], when: relative_humidity > 90 %, set: { heater: on }, unknown: hold }
        interlocks:
          - { id: storm, zones: [gh1], when: site.wind_speed > 15 m/s, force: { roof_vent: 0 % } }
        """;

    [Fact]
    public void Rules_branches_and_unknown_paths_that_never_ran()
    {
        var coverage = Cover("""
            stale_after: 20 min
            events:
              - { at: 0 s, air_temperature: 20 °C, co2: 500 ppm, site.wind_speed: 2 m/s }
              - { at: 1 min, air_temperature: 29 °C }
              - { at: 10 min, air_temperature: 25 °C }
            check: [{ at: 10 min, heater: nothing }]
            """);

        var vent = coverage.Rules.Single(r => r.Rule == "vent");
        Assert.Equal(
            ["cannot see", "hands over to the safe state", "air_temperature > 28 °C is unknown", "co2 > 900 ppm is true", "co2 > 900 ppm is unknown", "air_temperature < 26 °C is unknown"],
            vent.Never);
        Assert.Equal(13, vent.Branches.Count);
        Assert.Equal(0, coverage.Rules.Single(r => r.Rule == "other").Ran);
        Assert.Equal(["goes on", "cannot see", "site.wind_speed > 15 m/s is true", "site.wind_speed > 15 m/s is unknown"], coverage.Rules.Single(r => r.Rule == "storm").Never);
    }

    [Fact]
    public void Blindness_that_begins_and_ends_between_two_readings_is_seen()
    {
        var coverage = Cover("""
            stale_after: 5 min
            events:
              - { at: 0 s, air_temperature: 29 °C, co2: 1000 ppm, site.wind_speed: 2 m/s }
              - { at: 1 h, air_temperature: 20 °C, co2: 500 ppm, site.wind_speed: 2 m/s }
            check: [{ at: 10 min, heater: nothing }]
            """);

        var vent = coverage.Rules.Single(r => r.Rule == "vent");
        Assert.True(vent.Branches["cannot see"]);
        Assert.True(vent.Branches["hands over to the safe state"]);
        Assert.True(vent.Branches["air_temperature > 28 °C is unknown"]);
    }

    [Fact]
    public void Counting_changes_no_decision()
    {
        const string Windows = "rules: [{ id: sun, zones: [gh1], when: avg(site.solar_radiation over 10 min) > 300 W/m² for 2 min, set: { roof_vent: 20 % } }]";
        var it = Case_files_are_read.Read("""
            events:
              - { at: 0 s, every: 37 s, until: 40 min, site.solar_radiation: 0 W/m² -> 700 W/m² }
            expect: []
            """);
        var rules = RuleRun.Compile(Windows);

        var (plain, counted) = (CaseRun.Run(it, rules), CaseRun.Run(it, rules, coverage: new RuleCoverage()));

        Assert.NotEmpty(plain.Output.Decisions);
        Assert.Equal(plain.Output.Decisions, counted.Output.Decisions);
        Assert.Equal(plain.Output.Traces, counted.Output.Traces);
    }

    [Fact]
    public void The_shipped_cases_hold_and_try_every_way_through_the_shipped_rules()
    {
        var farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;
        var read = CaseReader.Load(Repository.PathOf("farm"), farm);
        var coverage = new RuleCoverage();

        Assert.Empty(read.Errors);
        Assert.All(read.Cases, it => Assert.Empty(CaseRun.Run(it, RuleRun.Compile(null, it.Zone), coverage: coverage).Failures));
        Assert.All(coverage.Rules, rule => Assert.Empty(rule.Never));
    }

    private static RuleCoverage Cover(string keys)
    {
        var coverage = new RuleCoverage();
        var rules = RuleRun.Compile(Rules);
        coverage.Add(rules);
        Assert.Empty(CaseRun.Run(Case_files_are_read.Read(keys), rules, coverage: coverage).Failures);
        return coverage;
    }
}
