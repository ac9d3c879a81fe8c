using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

/// <summary>Groups of a site: red when two valves run beyond the capacity of their pump, when the first to come is not the first served, or when the unknown counts as off.</summary>
public sealed class What_is_shared_is_not_given_out_twice
{
    private static readonly Farm Farm = SharedFarm.With(c => c);

    [Fact]
    public async Task Who_finds_no_room_waits_until_the_other_reports_that_it_is_off()
    {
        await using var desk = await OpenAsync();
        await desk.WantAsync("pump", 1);
        var first = await desk.PublishedAsync();
        await desk.ReplyAsync(first.Id, ReplyStatus.Succeeded);
        await desk.ReportAsync(ControlMode.Remote, ("pump", 1), ("mist", 0));

        await desk.WantAsync("pump", 1, zone: "gh2");
        Assert.True(await desk.IsQuietAsync());
        Assert.Equal("The group 'main' has no room for it: in use by 'gh1/pump'.", Held(desk, "gh2", "pump"));
        await desk.WantAsync("pump", 0);
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Succeeded);
        Assert.True(await desk.IsQuietAsync());
        await desk.ReportAsync(ControlMode.Remote, ("pump", 0), ("mist", 0));
        await desk.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(1, (await desk.PublishedAsync()).Target);
    }

    [Fact]
    public async Task What_fits_beside_the_others_runs()
    {
        await using var desk = await OpenAsync();
        await desk.WantAsync("pump", 1);
        await desk.PublishedAsync();

        await desk.WantAsync("mist", 1);

        Assert.Equal("mist", (await desk.PublishedAsync()).Actuator);
    }

    [Fact]
    public async Task Who_came_first_is_served_first()
    {
        await using var desk = await OpenAsync();
        await desk.ReportAsync("other-addr", ControlMode.Remote, null, ("pump", 1));
        await desk.WantAsync("pump", 1);
        await desk.PassAsync(TimeSpan.FromSeconds(1));

        // 20 L/min would fit beside 30 of 60, but then 40 would never find room.
        await desk.WantAsync("mist", 1);
        Assert.True(await desk.IsQuietAsync());
        Assert.Equal("The group 'main' has no room for it: the next is 'gh1/pump'.", Held(desk, "gh1", "mist"));
        await desk.ReportAsync("other-addr", ControlMode.Remote, null, ("pump", 0));
        await desk.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(["pump", "mist"], [(await desk.PublishedAsync()).Actuator, (await desk.PublishedAsync()).Actuator]);
    }

    [Fact]
    public async Task Where_nobody_knows_whether_another_runs_there_is_no_room()
    {
        await using var desk = await Desk.OpenAsync(Farm);
        await desk.ReportAsync(ControlMode.Remote, ("pump", 0), ("mist", 0));

        await desk.WantAsync("pump", 1);

        Assert.True(await desk.IsQuietAsync());
        Assert.Contains("as long as nobody knows where 'gh2/pump' is", Held(desk, "gh1", "pump"));
    }

    [Fact]
    public async Task To_stop_needs_no_room()
    {
        await using var desk = await Desk.OpenAsync(Farm);
        await desk.ReportAsync(ControlMode.Remote, ("pump", 1), ("mist", 1));
        await desk.ReportAsync("other-addr", ControlMode.Remote, null, ("pump", 1));

        await desk.WantAsync("pump", 0, Authority.Interlock);

        Assert.Equal(0, (await desk.PublishedAsync()).Target);
    }

    private static async Task<Desk> OpenAsync()
    {
        var desk = await Desk.OpenAsync(Farm);
        await desk.ReportAsync(ControlMode.Remote, ("pump", 0), ("mist", 0));
        await desk.ReportAsync("other-addr", ControlMode.Remote, null, ("pump", 0));
        return desk;
    }

    private static string Held(Desk desk, string zone, string actuator) => desk.The.ViewOf("t1", zone).Single(a => a.Id == actuator).Held;
}
