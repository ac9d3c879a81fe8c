using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Automation;

/// <summary>Red when a set moves something before it is in charge, when a change forgets what did not change, or when a bad set gets to work.</summary>
public sealed class Rule_sets_change_while_the_farm_runs
{
    private const string Earlier = """
        rules:
          - id: vent-on-heat
            zones: [gh1]
            when: air_temperature > 24 °C
            until: air_temperature < 22 °C
            set: { roof_vent: 40 % }
            otherwise: { roof_vent: 0 % }
        """;

    [Fact]
    public async Task A_set_in_shadow_sees_the_same_moves_nothing_and_says_where_it_differs()
    {
        await using var farm = await RuleFarm.StartAsync();
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 20);
        var head = await farm.Sets.PublishAsync(RuleFarm.Files(Earlier), "Aigul", "vents earlier", default);
        await farm.Sets.ShadowAsync(head.Version, "Aigul", "", default);
        await farm.StepAsync();

        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 25);
        await farm.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("0 by vent-on-heat", await farm.WantedAsync());
        var difference = await farm.ShadowAsync();
        Assert.True(difference.IsDifferent);
        Assert.Equal((0, 40, 30_000), (difference.Production!.Target, difference.Shadow!.Target, difference.DiffersMs));
        var stored = (await farm.RowsAsync(Schema.Shadow, "target", "production", "differs", "version"))[^1].Numbers;
        Assert.Equal((40, 0, 1, 2), (stored["target"], stored["production"], stored["differs"], stored["version"]));
    }

    [Fact]
    public async Task A_rule_that_did_not_change_goes_on_and_a_new_one_finds_the_values_that_are_known()
    {
        await using var farm = await RuleFarm.StartAsync();
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 30);
        await farm.MeasureAsync("climate-1", Quantities.RelativeHumidity, 95);
        await farm.PassAsync(TimeSpan.FromSeconds(100));

        farm.Text += """

              - { id: dry, zones: [gh1], when: relative_humidity > 90 %, set: { heater: on } }
            """;
        await farm.LookAsync();
        Assert.Equal("nothing", await farm.WantedAsync("heater"));
        await farm.LookAsync();
        await farm.PassAsync(TimeSpan.FromSeconds(1));

        // The humidity was measured before anybody looked at it; the two minutes of heat began before the change.
        Assert.Equal("1 by dry", await farm.WantedAsync("heater"));
        Assert.Equal("nothing", await farm.WantedAsync());
        await farm.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("60 by vent-on-heat", await farm.WantedAsync());
        Assert.Equal(2, farm.Sets.AtWork.Production.Version);
    }

    [Fact]
    public async Task A_folder_with_mistakes_leaves_the_last_good_set_at_work_and_says_why_until_it_is_mended()
    {
        await using var farm = await RuleFarm.StartAsync();
        farm.Text = Earlier.Replace("24 °C", "24 lux");
        await farm.LookAsync();
        await farm.LookAsync();

        Assert.Equal(1, farm.Sets.AtWork.Production.Version);
        Assert.Contains("rules/rules.yaml:4", farm.Sets.Trouble);

        farm.Text = Earlier;
        await farm.LookAsync();
        await farm.LookAsync();
        Assert.Equal((2, null), (farm.Sets.AtWork.Production.Version, farm.Sets.Trouble));
    }

    [Fact]
    public async Task Promote_and_roll_back_are_one_step_and_a_restart_finds_the_same_set_at_work()
    {
        await using var farm = await RuleFarm.StartAsync();
        await farm.Sets.PublishAsync(RuleFarm.Files(Earlier), "Aigul", "vents earlier", default);
        await farm.Sets.PromoteAsync(2, "Aigul", "shadow was fine", default);
        await farm.RestartAsync();
        Assert.Equal(2, farm.Sets.AtWork.Production.Version);
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 25);
        Assert.Equal("40 by vent-on-heat", await farm.WantedAsync());

        await farm.Sets.RollBackAsync("Bakyt", "too early", default);
        await farm.RestartAsync();

        Assert.Equal(1, farm.Sets.AtWork.Production.Version);
        Assert.Equal(
            ["Promoted 1 folder", "Promoted 2 Aigul", "RolledBack 1 Bakyt"],
            (await farm.Sets.MovesAsync(default)).Select(m => $"{m.Act} {m.Version} {m.By}"));
        await Assert.ThrowsAsync<RuleSetException>(() => farm.Sets.RollBackAsync("Bakyt", "", default));
    }

    [Fact]
    public async Task What_does_not_compile_is_neither_published_nor_promoted()
    {
        await using var farm = await RuleFarm.StartAsync();

        var refused = await Assert.ThrowsAsync<RuleSetException>(() => farm.Sets.PublishAsync(RuleFarm.Files(Earlier.Replace("°C", "lux")), "Aigul", "", default));
        await Assert.ThrowsAsync<RuleSetException>(() => farm.Sets.PromoteAsync(7, "Aigul", "", default));

        Assert.NotEmpty(refused.Findings);
        Assert.Equal([1], (await farm.Sets.ListAsync(10, default)).Select(h => h.Version));
        Assert.Single(await farm.Sets.MovesAsync(default));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public async Task A_guard_takes_its_own_set_back_within_its_time_and_not_later(int hours, int inCharge)
    {
        await using var farm = await RuleFarm.StartAsync();
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 20);
        await farm.Sets.PublishAsync(RuleFarm.Files(Earlier + """

            guards:
              - { id: too-hot, zones: [gh1], when: air_temperature > 38 °C, within: 2 h }
            """), "Aigul", "", default);
        await farm.Sets.PromoteAsync(2, "Aigul", "", default);
        await farm.StepAsync();
        farm.Clock.Advance(TimeSpan.FromHours(hours));

        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 39);

        Assert.Contains(farm.Alarms.List(), a => a.Key.Code == "too-hot" && a.Severity == "critical");
        if (inCharge == 2)
        {
            Assert.False(await farm.Sets.UndoAsync(new GuardTrip("too-hot", "", TimeSpan.FromHours(2), 2), default));
        }

        var moves = await Eventually.Is(() => farm.Sets.MovesAsync(default).AsTask(), m => inCharge == 2 || m.Count == 3);
        await Eventually.Is(() => Task.FromResult(farm.Sets.AtWork.Production.Version), version => version == inCharge);
        Assert.True(inCharge == 2 || moves[^1] is { By: "guard too-hot", Act: RuleSetAct.RolledBack } && moves[^1].Reason.Contains("39 °C"));
    }
}
