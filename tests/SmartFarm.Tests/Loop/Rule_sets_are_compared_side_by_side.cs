using SmartFarm.Configuration.Farms;
using SmartFarm.Worker.Recipes;
using SmartFarm.Worker.Reports;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Trials.Loop;
using SmartFarm.Worker.Trials.WhatIf;
using Xunit;

namespace SmartFarm.Tests.Loop;

/// <summary>Red when a shipped scenario or the thermostat does not fit a shipped farm, and when the table shows one rule set's figures under another's name.</summary>
public sealed class Rule_sets_are_compared_side_by_side
{
    public static TheoryData<string> Crops => [.. Recipe.Names];

    [Theory]
    [MemberData(nameof(Crops))]
    public void Every_shipped_scenario_and_the_thermostat_fit_every_shipped_farm(string recipe)
    {
        var farm = FarmLoader.Parse(Recipe.Find(recipe)!.Files.Single(f => f.Path == "farm.yaml").Text).Farm!;

        Assert.All(ShippedScenarios.Names, name => Assert.True(LoopStory.Of(ShippedScenarios.Load(name, farm)).Duration >= TimeSpan.FromDays(2)));
        Assert.Contains(Candidate.Thermostat(farm).Book.Zones, zone => zone.Sources.Count >= 1);
    }

    [Fact]
    public void Each_rule_set_has_its_column_and_the_warm_house_is_the_one_with_the_heater()
    {
        var story = LoopStories.January(TimeSpan.FromHours(6));
        Candidate[] candidates = [new("mine", LoopStories.Rules), new("nothing", LoopStories.NoRules)];

        var report = WhatIfReport.Of("a night", candidates, WhatIf.Run(_ => story, candidates, [1, 2], null, CancellationToken.None), [1, 2]);

        var table = report.Blocks.OfType<ReportTable>().Single();
        Assert.Equal(["figure", "mine", "nothing"], table.Columns.Select(c => c.Key));
        Assert.True(Value(table, "Air temperature at least, °C", 1) > Value(table, "Air temperature at least, °C", 2) + 1);
        Assert.True(Value(table, "heat, kWh/m²", 1) > 0.1);
        Assert.InRange(Value(table, "heat, kWh/m²", 2), 0, 0.02);
        Assert.Equal(0, Value(table, "commands", 2));
        Assert.Contains(report.Blocks.OfType<ReportChart>(), chart => chart.Title == "gh1: heater" && chart.Series.Count == 2);
    }

    [Fact]
    public void The_thermostat_heats_vents_fogs_and_waters()
    {
        var thermostat = Candidate.Thermostat(LoopStories.Farm).Book;

        var commands = LoopRun.Run(LoopStories.July(TimeSpan.FromHours(12)), thermostat, 1).Zones[0].Commands.Concat(LoopRun.Run(LoopStories.January(TimeSpan.FromHours(6)), thermostat, 1).Zones[0].Commands);

        Assert.Superset(new HashSet<string> { "roof_vent", "heater", "fogger" }, commands.Select(c => c.Actuator).ToHashSet());
    }

    [Fact]
    public void A_scenario_that_is_not_there_is_told_with_the_nearest_name()
    {
        var wrong = Assert.Throws<SettingsException>(() => ShippedScenarios.Load("july-weak", LoopStories.Farm));

        Assert.Contains("did you mean 'july-week'?", wrong.Message, StringComparison.Ordinal);
    }

    private static double Value(ReportTable table, string figure, int column) => (double)table.Rows.Single(row => (string)row[0].Value! == figure)[column].Value!;
}
