using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Automation.Targets;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Tests.Automation;
using Xunit;

namespace SmartFarm.Tests.Stored;

/// <summary>Red when a chart could not show what the rules want beside what is, or would show it where it is not known.</summary>
public sealed class Where_rules_want_the_climate
{
    private const string Rules = """
        programmes:
          - { id: gh1-heating, zones: [gh1], defines: heating, periods: [{ from: "13:00", value: 68 °F }, { from: "13:01", value: 18 °C }] }
        bands:
          - { zones: [gh1], air_temperature: heating - 1 K .. heating + 4 K, vpd: 0.4 kPa .. 1.2 kPa, co2: 400 ppm .. 900 ppm }

        """ + RuleFarm.VentOnHeat;

    [Fact]
    public async Task Set_points_and_bands_are_fields_of_the_climate_in_its_own_units()
    {
        await using var farm = await RuleFarm.StartAsync(Rules);
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 26);
        await farm.PassAsync(TimeSpan.FromSeconds(10));

        var row = Assert.Single(await TargetsAsync(farm));

        Assert.Equal(
            [
                ("air_temperature_deviation", 2), ("air_temperature_high", 24), ("air_temperature_low", 19), ("co2_high", 900), ("co2_low", 400),
                ("heating_setpoint", 20), ("vpd_high", 1.2), ("vpd_low", 0.4),
            ],
            row.Numbers.Select(n => (n.Key, Math.Round(n.Value, 9))).Order());
    }

    [Fact]
    public async Task They_are_written_every_minute_and_when_they_change()
    {
        await using var farm = await RuleFarm.StartAsync(Rules);
        await farm.PassAsync(TimeSpan.FromSeconds(20));
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 26);
        await farm.PassAsync(TimeSpan.FromSeconds(30));
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 26.5);
        await farm.PassAsync(TimeSpan.FromSeconds(20));
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 20);
        await farm.PassAsync(TimeSpan.FromSeconds(20));

        // 68 °F are 20 °C; from the first minute on it is to be 18 °C. That it is too warm by another amount waits for its minute; that it is right does not.
        Assert.Equal(
            ["+30 s 20: 2", "+70 s 18: -", "+80 s -: 0", "+90 s 18: 0"],
            (await TargetsAsync(farm)).Select(r => $"+{(r.TimeMs - Start) / 1000} s {Shown(r, "heating_setpoint")}: {Shown(r, "air_temperature_deviation")}"));
    }

    [Fact]
    public async Task What_is_measured_no_longer_has_no_deviation_and_counts_as_unknown()
    {
        await using var farm = await RuleFarm.StartAsync(Rules);
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 21);
        await farm.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((3, 1, 2), Counts(farm.Rules.PictureOf("t1", "gh1")));

        farm.Clock.Advance(TimeSpan.FromMinutes(31));
        await farm.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal((3, 0, 3), Counts(farm.Rules.PictureOf("t1", "gh1")));
        Assert.Equal((0, 0, 0), Counts(farm.Rules.PictureOf("t1", "gh2")));
        Assert.Null(farm.Rules.PictureOf("t1", "gh3"));
        Assert.DoesNotContain("air_temperature_deviation", (await TargetsAsync(farm))[^1].Numbers.Keys);
    }

    [Fact]
    public async Task Another_rule_set_is_told_within_seconds()
    {
        await using var farm = await RuleFarm.StartAsync(Rules);
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 21);
        await farm.PassAsync(TimeSpan.FromSeconds(15));
        farm.Text = Rules.Replace("900 ppm", "1000 ppm", StringComparison.Ordinal);
        await farm.LookAsync();
        await farm.PassAsync(TimeSpan.FromSeconds(12));

        Assert.Equal([900, 1000], (await TargetsAsync(farm)).Select(r => r.Numbers["co2_high"]).Distinct());
    }

    private static long Start => new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static Task<IReadOnlyList<HistoryRow>> TargetsAsync(RuleFarm farm) => farm.RowsAsync(Schema.Climate, [.. Dashboards.KnownSchema.Wanted]);

    private static string Shown(HistoryRow row, string field) => row.Numbers.TryGetValue(field, out var value) ? $"{Math.Round(value, 9)}" : "-";

    private static (int, int, int) Counts(ZonePicture? picture) => (picture!.Bands, picture.Within, picture.Unknown);
}
