using System.Diagnostics;
using SmartFarm.IntegrationTests.Worker;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.IntegrationTests.Scenarios;

/// <summary>The worker in the time of a simulation: a day passes in seconds, and everything in it takes the time that it takes.</summary>
public sealed class A_farm_and_its_worker_go_in_locked_step : IDisposable
{
    private static readonly DateTimeOffset Dawn = new(2026, 7, 15, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_summer_day_passes_and_the_vent_follows_the_heat_at_once()
    {
        await using var farm = await SteppedFarm.StartAsync(TestFarm.Write(_folder), Dawn);

        var watch = Stopwatch.StartNew();
        await farm.PassAsync(TimeSpan.FromHours(8), Step);
        TestContext.Current.TestOutputHelper?.WriteLine($"{farm.Run.Steps} steps in {watch.Elapsed}");

        var commands = await farm.CommandsAsync();
        var opened = commands.First(c => c.Command.Target == 60);
        Assert.Equal(CommandStage.Succeeded, opened.Stage);
        Assert.Equal(0, opened.Command.Issued.ToUnixTimeSeconds() % 10);
        Assert.Equal(opened.Command.Issued.ToUnixTimeMilliseconds(), opened.PublishedMs);
        Assert.Equal(opened.Command.Issued.AddSeconds(10).ToUnixTimeMilliseconds(), opened.ClosedMs);
        var books = await farm.LedgerAsync();
        Assert.True(books.IsBalanced);
        Assert.Equal(0, books.InFlight);
        Assert.Equal(8 * 360 * 5, books.Accounts.Single(a => a.Name == "t1/climate-1").Counts.Stored);
        await CheckStatusAsync(farm);
    }

    [Fact]
    public async Task The_same_day_again_brings_the_same_commands_at_the_same_times()
    {
        Assert.Equal(await CourseAsync(), await CourseAsync());
    }

    /// <summary>How the zone was and what it got, minute by minute. Who writes that does not hold up the steps, so that a slow computer may leave out some.</summary>
    private static async Task CheckStatusAsync(SteppedFarm farm)
    {
        var zone = await farm.RowsAsync(Schema.Zone, "gh1", "age_s", "sensors", "sensors_bad", "area", "not_remote", "stopped");
        Assert.InRange(zone.Count, 100, 480);
        Assert.Equal((5, 0, 96, 0, 0), (zone[^1].Numbers["sensors"], zone[^1].Numbers["sensors_bad"], zone[^1].Numbers["area"], zone[^1].Numbers["not_remote"], zone[^1].Numbers["stopped"]));
        Assert.InRange(zone[^1].Numbers["age_s"], 0, 60);
        var usage = await farm.RowsAsync(Schema.Usage, "gh1", "radiation", "light", "basis");
        Assert.All(usage, row => Assert.Equal(0, row.TimeMs % 300_000));
        Assert.InRange(usage.Sum(row => row.Numbers["radiation"]), 500, 2500);
        Assert.Equal("radiation: site.solar_radiation; light: ppfd", usage[^1].Texts["basis"]);
    }

    private async Task<string[]> CourseAsync()
    {
        await using var farm = await SteppedFarm.StartAsync(TestFarm.Write(_folder), Dawn);
        await farm.PassAsync(TimeSpan.FromHours(4), Step);
        var course = (await farm.CommandsAsync()).Select(c => $"{c.Command.Issued:HH:mm:ss} {c.Command.Actuator} {c.Command.Target} {c.Stage} {c.ClosedMs}").ToArray();
        Assert.NotEmpty(course);
        return course;
    }
}
