using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Readings_are_stored
{
    private static readonly long NoonMs = Road.Noon.ToUnixTimeMilliseconds();

    [Fact]
    public async Task In_canonical_units_under_the_tags_of_the_farm()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"ts":"2026-11-22T07:59:59.250Z","air_temperature":{"v":77,"u":"[degF]"}}""");

        var series = Assert.Single(await road.StoredAsync(Schema.Telemetry, "air_temperature"));
        Assert.Equal(("t1", "gh1", "climate-1"), (series.Tags["site"], series.Tags["zone"], series.Tags["device"]));
        var point = Assert.Single(series.Points);
        Assert.Equal(NoonMs - 750, point.TimeMs);
        Assert.Equal(25, point.Value, 9);
    }

    [Fact]
    public async Task Under_their_position_when_they_name_one()
    {
        await using var road = await Road.OpenAsync();

        road.Send("farm/t1/soil/telemetry", """[{"ts":1795334399000,"position":"10cm","soil_moisture":30},{"ts":1795334399000,"position":"30cm","soil_moisture":40}]""");

        var series = await road.StoredAsync(Schema.Telemetry, "soil_moisture");
        Assert.Equal(["10cm:30", "30cm:40"], series.Select(s => $"{s.Tags["position"]}:{s.Points[0].Value}").Order());
    }

    [Fact]
    public async Task At_the_time_of_arrival_when_they_have_none()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"air_temperature":21}""");

        Assert.Equal(NoonMs, (await road.StoredAsync(Schema.Telemetry, "air_temperature"))[0].Points[0].TimeMs);
    }

    [Fact]
    public async Task A_redelivery_is_stored_once_and_counted_as_duplicate()
    {
        await using var road = await Road.OpenAsync();
        const string Message = """{"ts":"2026-11-22T08:00:00Z","air_temperature":21,"relative_humidity":60}""";

        road.SendClimate(Message);
        road.SendClimate(Message);

        Assert.Equal(new LedgerCounts { Received = 4, Stored = 2, Duplicate = 2 }, await road.CountsAsync("t1/climate-1"));
        Assert.Equal([1, 2], road.Settled);
    }

    [Fact]
    public async Task A_redelivery_after_a_restart_is_known()
    {
        await using var road = await Road.OpenAsync();
        const string Message = """{"ts":"2026-11-22T08:00:00Z","air_temperature":21}""";
        road.SendClimate(Message);
        await road.SettledAsync();
        var remembered = await road.Folder.EmbeddedStore.RecentFingerprintsAsync(1000, default);
        await using var restarted = await Road.OpenAsync();

        restarted.Intake.Remember(remembered);
        restarted.SendClimate(Message);

        Assert.Equal(1, (await restarted.CountsAsync("t1/climate-1")).Duplicate);
    }

    [Fact]
    public async Task The_same_values_without_time_or_number_are_new_readings()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"air_temperature":21}""");
        road.Clock.Pass(TimeSpan.FromSeconds(10));
        road.SendClimate("""{"air_temperature":21}""");

        Assert.Equal(new LedgerCounts { Received = 2, Stored = 2 }, await road.CountsAsync("t1/climate-1"));
    }

    [Fact]
    public async Task A_device_that_counts_anew_after_a_restart_is_heard()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"seq":0,"air_temperature":21}""");
        road.Clock.Pass(TimeSpan.FromSeconds(10));
        road.SendClimate("""{"seq":0,"air_temperature":21}""");

        Assert.Equal(new LedgerCounts { Received = 2, Stored = 2 }, await road.CountsAsync("t1/climate-1"));
    }

    [Fact]
    public async Task Late_ones_are_stored_and_move_nothing_back()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"ts":"2026-11-22T08:00:00Z","air_temperature":21}""");
        road.SendClimate("""{"ts":"2026-11-22T07:00:00Z","air_temperature":15}""");

        Assert.Equal(new LedgerCounts { Received = 2, Stored = 2, Late = 1 }, await road.CountsAsync("t1/climate-1"));
        Assert.Equal(2, (await road.StoredAsync(Schema.Telemetry, "air_temperature"))[0].Points.Count);
        var now = road.Map.Zones[0].PeekClimate(NoonMs).Values.Single(v => v.Quantity == Quantities.AirTemperature);
        Assert.Equal((21, true), (now.Value, now.IsUsable));
    }

    [Fact]
    public async Task Impossible_ones_are_stored_and_flagged()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"ts":"2026-11-22T08:00:00Z","air_temperature":85,"relative_humidity":null}""");

        Assert.Equal(new LedgerCounts { Received = 2, Stored = 2, Flagged = 2 }, await road.CountsAsync("t1/climate-1"));
        Assert.Equal(85, (await road.StoredAsync(Schema.Telemetry, "air_temperature"))[0].Points[0].Value);
        var flags = await road.StoredAsync(Schema.Quality, "flag");
        Assert.Equal(["air_temperature range 4", "relative_humidity missing 9"], flags.Select(s => $"{s.Tags["quantity"]} {s.Tags["check"]} {s.Points[0].Value}").Order());
        Assert.DoesNotContain(road.Map.Zones[0].PeekClimate(NoonMs).Values, v => v.IsUsable);
    }

    [Fact]
    public async Task Receipts_are_settled_in_order_of_arrival_and_none_stays_open()
    {
        await using var road = await Road.OpenAsync();

        for (var i = 0; i < 500; i++)
        {
            road.SendClimate($$"""{"seq":{{i}},"air_temperature":{{(i % 7 == 0 ? "\"x\"" : "21")}}}""");
        }

        await road.SettledAsync();
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), road.Settled);
        Assert.Equal(0, road.Metrics.OpenReceipts);
    }
}
