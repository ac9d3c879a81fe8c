using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.IntegrationTests.Contracts;

/// <summary>A window as a database holds it.</summary>
public readonly record struct RolledUp(double Mean, double Min, double Max, double Count);

/// <summary>An empty database whose values are summed up.</summary>
public interface IRolledUpDatabase : IAsyncDisposable
{
    SeriesCatalog Catalog { get; }

    IRollups Rollups { get; }

    /// <summary>Stores points and returns when they can be read.</summary>
    Task StoreAsync(params Point[] points);

    /// <summary>All windows of a level by device, field and beginning.</summary>
    Task<Dictionary<(string Device, string Field, long WindowMs), RolledUp>> WindowsAsync(RollupLevel level);
}

/// <summary>What the summing up does in every database.</summary>
public abstract class Rollup_contract
{
    private const long Noon = 1_763_812_800_000;
    private const long Later = Noon + (24 * 3_600_000);

    protected abstract Task<IRolledUpDatabase> OpenAsync();

    [Fact]
    public async Task A_window_holds_mean_minimum_maximum_and_count_at_its_beginning()
    {
        await using var db = await OpenAsync();
        await StoreAsync(db, ("a", Noon, 1), ("a", Noon + 20_000, 2), ("a", Noon + 59_999, 6), ("a", Noon + 60_000, 10), ("b", Noon, -1));

        await RollUpAsync(db);

        Assert.Equal(
            new() { [("a", "co2", Noon)] = new(3, 1, 6, 3), [("a", "co2", Noon + 60_000)] = new(10, 10, 10, 1), [("b", "co2", Noon)] = new(-1, -1, -1, 1) },
            await db.WindowsAsync(RollupLevel.Minute));
    }

    [Fact]
    public async Task The_mean_of_a_longer_window_is_that_of_its_values_and_not_of_its_windows()
    {
        await using var db = await OpenAsync();
        await StoreAsync(db, ("a", Noon, 1), ("a", Noon + 1, 1), ("a", Noon + 2, 1), ("a", Noon + 60_000, 9), ("a", Noon + 900_000, 3));

        await RollUpAsync(db);

        Assert.Equal(new() { [("a", "co2", Noon)] = new(3, 1, 9, 4), [("a", "co2", Noon + 900_000)] = new(3, 3, 3, 1) }, await db.WindowsAsync(RollupLevel.Quarter));
        Assert.Equal(new() { [("a", "co2", Noon)] = new(3, 1, 9, 5) }, await db.WindowsAsync(RollupLevel.Hour));
    }

    [Fact]
    public async Task A_window_is_made_when_it_has_ended_and_not_before()
    {
        await using var db = await OpenAsync();
        await StoreAsync(db, ("a", Noon, 1), ("a", Noon + 60_000, 2));

        await RollUpAsync(db, Noon + 119_999);
        Assert.Equal([Noon], (await db.WindowsAsync(RollupLevel.Minute)).Keys.Select(key => key.WindowMs));
        Assert.Empty(await db.WindowsAsync(RollupLevel.Quarter));

        await RollUpAsync(db, Noon + 120_000);
        Assert.Equal(2, (await db.WindowsAsync(RollupLevel.Minute)).Count);
    }

    [Fact]
    public async Task Late_values_open_every_window_they_fall_into_again()
    {
        await using var db = await OpenAsync();
        await StoreAsync(db, ("a", Noon, 1), ("a", Noon + 1_800_000, 1));
        await RollUpAsync(db);

        await StoreAsync(db, ("a", Noon + 5, 3), ("a", Noon, 2));
        await RollUpAsync(db);

        Assert.Equal(new RolledUp(2.5, 2, 3, 2), (await db.WindowsAsync(RollupLevel.Minute))[("a", "co2", Noon)]);
        Assert.Equal(new RolledUp(2.5, 2, 3, 2), (await db.WindowsAsync(RollupLevel.Quarter))[("a", "co2", Noon)]);
        Assert.Equal(new RolledUp(2, 1, 3, 3), (await db.WindowsAsync(RollupLevel.Hour))[("a", "co2", Noon)]);
    }

    [Fact]
    public async Task Nothing_new_makes_nothing_anew()
    {
        await using var db = await OpenAsync();
        await StoreAsync(db, ("a", Noon, 1));
        await RollUpAsync(db);

        Assert.All(RollupLevel.All, level => Assert.Equal(0, db.Rollups.RollUpAsync(level, Later, default).AsTask().GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Only_telemetry_and_climate_are_summed_up_and_each_field_by_itself()
    {
        await using var db = await OpenAsync();
        var device = db.Catalog.Get(Schema.Telemetry, ("site", "s"), ("zone", "z"), ("device", "a"), ("position", "10cm"));
        await db.StoreAsync(
            Point.Of(device, "co2", 400, Noon), Point.Of(device, "air_temperature", 20, Noon), Point.Of(device, "air_temperature", 22, Noon + 1),
            Point.Of(device, Schema.LowOf("air_temperature"), 18, Noon),
            Point.Of(db.Catalog.Get(Schema.Worker, ("host", "h")), "commits", 1, Noon),
            Point.OfText(db.Catalog.Get(Schema.Alarm, ("device", "a")), "text", "x", Noon));

        await RollUpAsync(db);

        Assert.Equal(
            new()
            {
                [("a", "co2", Noon)] = new(400, 400, 400, 1),
                [("a", "air_temperature", Noon)] = new(21, 20, 22, 2),
                [("a", "air_temperature_low", Noon)] = new(18, 18, 18, 1),
            },
            await db.WindowsAsync(RollupLevel.Minute));
    }

    [Fact]
    public void However_values_come_the_windows_are_those_of_all_values_at_once()
    {
        var values =
            from device in Gen.Elements("a", "b", "c", "d", "e", "f")
            from minute in Gen.Choose(-40, 150)
            from ms in Gen.Elements(0, 1, 30_000, 59_999)
            from number in Gen.Choose(-1000, 1000)
            select (device, Noon + (minute * 60_000L) + ms, number / 8.0);
        var steps = Gen.Zip(values.ListOf(), Gen.Choose(0, 2)).ListOf();
        Prop.ForAll(steps.ToArbitrary(), list => CheckAsync(list).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    private async Task CheckAsync(IEnumerable<(List<(string, long, double)> Values, int RollUp)> steps)
    {
        await using var piecemeal = await OpenAsync();
        await using var atOnce = await OpenAsync();
        var last = new Dictionary<(string Device, long TimeMs), double>();
        foreach (var (batch, rollUp) in steps)
        {
            await StoreAsync(piecemeal, [.. batch]);
            if (rollUp > 0)
            {
                await RollUpAsync(piecemeal, rollUp == 1 ? Noon + 1_000_000 : Later);
            }

            foreach (var (device, time, value) in batch)
            {
                last[(device, time)] = value;
            }
        }

        await StoreAsync(atOnce, [.. last.Select(v => (v.Key.Device, v.Key.TimeMs, v.Value)).OrderBy(v => v.TimeMs)]);
        await RollUpAsync(piecemeal);
        await RollUpAsync(atOnce);

        foreach (var level in RollupLevel.All)
        {
            var windows = await piecemeal.WindowsAsync(level);
            Assert.Equal((await atOnce.WindowsAsync(level)).OrderBy(w => w.Key), windows.OrderBy(w => w.Key));

            var expected = last.GroupBy(v => (v.Key.Device, "co2", level.StartOf(v.Key.TimeMs)), v => v.Value).ToDictionary(g => g.Key, g => g.ToList());
            Assert.Equal(expected.Keys.Order(), windows.Keys.Order());
            Assert.All(expected, e =>
            {
                var window = windows[e.Key];
                Assert.Equal((e.Value.Min(), e.Value.Max(), (double)e.Value.Count), (window.Min, window.Max, window.Count));
                Assert.Equal(e.Value.Average(), window.Mean, 1e-9);
            });
        }
    }

    private static async Task StoreAsync(IRolledUpDatabase db, params (string Device, long TimeMs, double Value)[] values)
    {
        if (values.Length > 0)
        {
            await db.StoreAsync([.. values.Select(v => Point.Of(db.Catalog.Get(Schema.Telemetry, ("site", "s"), ("zone", "z"), ("device", v.Device)), "co2", v.Value, v.TimeMs))]);
        }
    }

    private static async Task RollUpAsync(IRolledUpDatabase db, long endedByMs = Later)
    {
        foreach (var level in RollupLevel.All)
        {
            while (await db.Rollups.RollUpAsync(level, endedByMs, default) > 0)
            {
            }
        }
    }
}
