using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Automation;

/// <summary>Red when who won, who lost, why, or what was seen can no longer be told afterwards.</summary>
public sealed class Every_actuator_minute_is_explained
{
    private const string Rules = RuleFarm.VentOnHeat + """

          - { id: heat, zones: [gh1], when: air_temperature < 10 °C, set: { heater: on } }
        interlocks:
          - { id: storm, zones: [gh1], when: site.wind_speed > 15 m/s, force: { roof_vent: 0 % } }
        """;

    [Fact]
    public async Task Why_it_opened_and_who_overruled_it_later()
    {
        await using var farm = await RuleFarm.StartAsync(Rules);
        await farm.MeasureAsync("weather", Quantities.WindSpeed, 5);
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 30);
        await farm.PassAsync(TimeSpan.FromMinutes(3));
        var open = farm.Clock.GetUtcNow();
        await farm.PassAsync(TimeSpan.FromMinutes(1));
        await farm.MeasureAsync("weather", Quantities.WindSpeed, 18);
        await farm.PassAsync(TimeSpan.FromMinutes(1));

        var then = await farm.ExplainAsync("gh1/roof_vent", open);
        var now = await farm.ExplainAsync("gh1/roof_vent", null);

        Assert.Equal((60, "rule", 1), (then.Winner!.Target, then.Winner.Level, then.Winner.Version));
        Assert.StartsWith("vent-on-heat@", then.Winner.Source);
        Assert.Contains("air_temperature 30 °C", then.Winner.Reason);
        Assert.Equal((0, "interlock"), (now.Winner!.Target, now.Winner.Level));
        Assert.Contains("vent-on-heat", now.Winner.Losers);
        Assert.StartsWith("vent-on-heat@", now.Earlier[0].Source);
        Assert.Equal(["storm", "vent-on-heat"], now.Rules.Select(r => r.Rule.Split('@')[0]));
        Assert.Contains("overruled by storm", now.Rules[1].Text);
        Assert.Equal(["storm false", "vent-on-heat true"], then.Rules.Select(r => $"{r.Rule.Split('@')[0]} {r.Truth}"));
    }

    [Fact]
    public async Task Why_the_heater_is_not_on()
    {
        await using var farm = await RuleFarm.StartAsync(Rules);
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 12);
        await farm.PassAsync(TimeSpan.FromMinutes(1));

        var now = await farm.ExplainAsync("gh1/heater", null);
        var then = await farm.ExplainAsync("gh1/heater", farm.Clock.GetUtcNow());

        Assert.Null(now.Winner);
        Assert.All([now, then], e =>
        {
            var rule = Assert.Single(e.Rules);
            Assert.Equal("false", rule.Truth);
            Assert.Contains("air_temperature 12 °C", rule.Text);
            Assert.Equal("folder", e.Set?.Author ?? "folder");
        });
    }

    [Fact]
    public async Task Who_has_an_actuator_is_noted_on_every_change_and_every_hour()
    {
        await using var farm = await RuleFarm.StartAsync(Rules);
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 20);
        for (var i = 0; i < 150; i++)
        {
            farm.Clock.Advance(TimeSpan.FromMinutes(1));
            await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 20);
            await farm.StepAsync();
        }

        var rows = await farm.RowsAsync(Schema.Arbitration, "target", "level", "version", "trust");

        Assert.Equal([0, 60, 120], rows.Select(r => (int)((r.TimeMs - rows[0].TimeMs) / 60_000)));
        Assert.All(rows, r => Assert.Equal((0, "rule", 1), (r.Numbers["target"], r.Texts["level"], r.Numbers["version"])));
        Assert.InRange(rows[^1].Numbers["trust"], 0.3, 0.4);
    }

    [Fact]
    public async Task A_name_that_is_not_clear_is_answered_with_those_that_are()
    {
        await using var farm = await RuleFarm.StartAsync(Rules);

        var twice = await Assert.ThrowsAsync<ArgumentException>(() => farm.ExplainAsync("roof_vent", null));
        var none = await Assert.ThrowsAsync<ArgumentException>(() => farm.ExplainAsync("gh1/side_vent", null));

        Assert.Contains("write t1/gh1/roof_vent or t1/gh2/roof_vent", twice.Message);
        Assert.Contains("This farm has: t1/gh1/roof_vent", none.Message);
    }
}
