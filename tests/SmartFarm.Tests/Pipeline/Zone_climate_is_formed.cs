using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Zone_climate_is_formed
{
    private static readonly long NoonMs = Road.Noon.ToUnixTimeMilliseconds();

    [Fact]
    public async Task With_vpd_dew_point_absolute_humidity_and_humidity_deficit()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"ts":"2026-11-22T08:00:00Z","air_temperature":25,"relative_humidity":60}""");

        // Worked by hand from the formulae: 25 °C and 60 % give 1.267 kPa, 16.696 °C, 13.813 g/m³ and 9.209 g/m³.
        Assert.Equal(1.267, await Stored(road, "vpd"), 3);
        Assert.Equal(16.696, await Stored(road, "dew_point"), 3);
        Assert.Equal(13.813, await Stored(road, "absolute_humidity"), 3);
        Assert.Equal(9.209, await Stored(road, "humidity_deficit"), 3);
    }

    [Fact]
    public async Task By_the_median_of_three_sensors_so_that_one_liar_changes_little()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"air_temperature":21}""");
        road.Send("farm/t1/climate-2/telemetry", """{"air_temperature":22}""");
        road.Send("farm/t1/climate-3/telemetry", """{"air_temperature":60}""");

        Assert.Equal(22, Now(road).Value);
    }

    [Fact]
    public async Task Without_sensors_that_are_stale()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"air_temperature":10}""");
        road.Clock.Pass(TimeSpan.FromSeconds(31));
        road.Send("farm/t1/climate-2/telemetry", """{"air_temperature":22}""");

        Assert.Equal((22, true), (Now(road).Value, Now(road).IsUsable));
    }

    [Fact]
    public async Task And_is_unusable_but_remembered_when_all_are_stale()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"air_temperature":10}""");
        road.Clock.Pass(TimeSpan.FromSeconds(31));

        Assert.Equal((10, false, NoonMs), (Now(road).Value, Now(road).IsUsable, Now(road).TimeMs));
    }

    [Fact]
    public async Task Trust_is_the_share_of_sensors_that_can_be_relied_on()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"air_temperature":21,"relative_humidity":60}""");

        // Of the zone's six sensors two have reported.
        Assert.Equal(2.0 / 6, road.Map.Zones[0].PeekClimate(NoonMs).Trust, 9);
    }

    [Fact]
    public async Task History_is_formed_by_the_time_of_the_readings()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""[{"ts":"2022-02-01T00:00:00Z","air_temperature":10},{"ts":"2022-02-01T00:05:00Z","air_temperature":11}]""");
        road.SendClimate("""{"ts":"2022-02-01T00:10:00Z","air_temperature":12}""");
        road.SendClimate("""{"ts":"2022-02-01T00:10:01Z","air_temperature":13}""");

        var points = Assert.Single(await road.StoredAsync(Schema.Climate, "air_temperature")).Points;
        Assert.Equal([11, 12], points.Select(p => p.Value));
    }

    [Fact]
    public async Task A_step_of_the_wall_clock_makes_no_value_old_and_none_of_the_future()
    {
        await using var road = await Road.OpenAsync();
        road.SendClimate("""{"air_temperature":10}""");

        road.Clock.Step(TimeSpan.FromDays(-1));
        Assert.True(Now(road).IsUsable);
        road.SendClimate("""{"air_temperature":22}""");

        Assert.Equal((22, true), (Now(road).Value, Now(road).IsUsable));
    }

    [Fact]
    public async Task The_rules_are_told_what_has_had_a_reading_and_what_follows_from_it_once()
    {
        await using var road = await Road.OpenAsync();
        road.SendClimate("""{"air_temperature":25,"relative_humidity":60}""");
        Assert.Equal(["absolute_humidity", "air_temperature", "dew_point", "humidity_deficit", "relative_humidity", "vpd"], Changed(road).Order(StringComparer.Ordinal));

        road.Send("farm/t1/soil/telemetry", """{"soil_moisture":30}""");
        Assert.Equal(["soil_moisture"], Changed(road));

        road.SendClimate("""{"relative_humidity":61}""");
        Assert.Equal(["absolute_humidity", "dew_point", "humidity_deficit", "relative_humidity", "vpd"], Changed(road).Order(StringComparer.Ordinal));
        Assert.Empty(Changed(road));
    }

    [Fact]
    public async Task What_the_rules_are_told_costs_nothing_on_the_heap()
    {
        await using var road = await Road.OpenAsync();
        var zone = road.Map.Zones[0];
        var values = new ClimateValue[Quantities.All.Count];
        road.SendClimate("""{"air_temperature":25,"relative_humidity":60}""");
        var nowMs = road.Steady.Now().SteadyMs;
        zone.TakeChanged(nowMs, values);
        var device = zone.Devices[0];
        Assert.Equal(50, Run(0));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var count = Run(10);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(50, count);

        int Run(int first)
        {
            var told = 0;
            for (var i = first; i < first + 10; i++)
            {
                zone.Offer(device, Quantities.AirTemperature, null, 20 + (i * 0.1), Domain.Readings.Flag.Good, nowMs + i, nowMs + i, out _);
                told += zone.TakeChanged(nowMs + i, values);
            }

            return told;
        }
    }

    private static List<string> Changed(Road road)
    {
        var values = new ClimateValue[Quantities.All.Count];
        var count = road.Map.Zones[0].TakeChanged(road.Steady.Now().SteadyMs, values);
        return [.. values.Take(count).Select(v => v.Quantity.Name)];
    }

    private static ClimateValue Now(Road road) =>
        road.Map.Zones[0].PeekClimate(road.Steady.Now().SteadyMs).Values.Single(v => v.Quantity == Quantities.AirTemperature);

    private static async Task<double> Stored(Road road, string field) => Assert.Single(Assert.Single(await road.StoredAsync(Schema.Climate, field)).Points).Value;
}
