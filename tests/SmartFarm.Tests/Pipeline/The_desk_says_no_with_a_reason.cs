using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Rules.Engine;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class The_desk_says_no_with_a_reason
{
    [Theory]
    [InlineData(ControlMode.Local)]
    [InlineData(ControlMode.Manual)]
    public async Task A_node_in_somebodys_hand_is_never_commanded(ControlMode mode)
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ReportAsync(mode, ("roof_vent", 0));

        await desk.WantAsync("roof_vent", 60);
        Assert.True(await desk.IsQuietAsync());
        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 0));

        Assert.Equal(60, (await desk.PublishedAsync()).Target);
    }

    [Fact]
    public async Task What_is_already_there_is_not_asked_for()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 60));

        await desk.WantAsync("roof_vent", 61);

        Assert.True(await desk.IsQuietAsync());
    }

    [Fact]
    public async Task What_is_under_way_is_not_asked_for_twice()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        await desk.PublishedAsync();

        await desk.WantAsync("roof_vent", 60);
        await desk.PassAsync(TimeSpan.FromSeconds(10));

        Assert.True(await desk.IsQuietAsync());
    }

    [Fact]
    public async Task A_switch_stays_on_for_its_least_time_and_then_follows()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("heater", 1);
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Succeeded);

        await desk.WantAsync("heater", 0);
        await desk.PassAsync(TimeSpan.FromSeconds(178));
        Assert.True(await desk.IsQuietAsync());
        await desk.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(0, (await desk.PublishedAsync()).Target);
    }

    [Fact]
    public async Task A_target_that_was_not_reached_is_asked_for_again_after_pauses_that_grow()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Failed);

        await desk.PassAsync(TimeSpan.FromSeconds(58));
        Assert.True(await desk.IsQuietAsync());
        await desk.PassAsync(TimeSpan.FromSeconds(3));
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Failed);
        await desk.PassAsync(TimeSpan.FromSeconds(110));
        Assert.True(await desk.IsQuietAsync());
        await desk.PassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(3, (await desk.PublishedAsync()).Seq);
    }

    [Fact]
    public async Task A_vent_that_drifts_away_is_brought_back()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Succeeded);
        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 60));

        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 20));
        await desk.PassAsync(TimeSpan.FromSeconds(61));

        Assert.Equal((60, 2), ((await desk.PublishedAsync()).Target, 2));
    }

    [Fact]
    public async Task Nothing_wanted_moves_nothing()
    {
        await using var desk = await Desk.OpenAsync();

        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 60), ("heater", 1));
        await desk.PassAsync(TimeSpan.FromMinutes(10));

        Assert.True(await desk.IsQuietAsync());
    }

    [Fact]
    public async Task Before_a_controller_can_have_said_who_has_it_in_hand_nothing_moves()
    {
        await using var desk = await Desk.OpenUnconnectedAsync();

        await desk.WantAsync("roof_vent", 60);
        await desk.PassAsync(TimeSpan.FromMinutes(10));
        Assert.True(await desk.IsQuietAsync());
        await desk.The.TellAsync(new DeskEvent.Connected("t1"), default);
        await desk.ReportAsync(ControlMode.Manual, ("roof_vent", 0));
        await desk.PassAsync(TimeSpan.FromMinutes(10));

        Assert.True(await desk.IsQuietAsync());
        Assert.Equal("The controller 'ctrl-1' is in manual mode.", desk.The.ViewOf("t1", "gh1").Single(a => a.Id == "roof_vent").Held);
    }

    [Fact]
    public async Task A_restart_does_not_shorten_the_least_time_of_a_switch()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("heater", 1);
        var on = await desk.PublishedAsync();
        await desk.ReplyAsync(on.Id, ReplyStatus.Succeeded);
        await desk.RecordAsync(on.Id);

        await desk.RestartAsync();
        await desk.ConnectAsync();
        await desk.WantAsync("heater", 0);
        await desk.PassAsync(TimeSpan.FromSeconds(170));
        Assert.True(await desk.IsQuietAsync());
        await desk.PassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(0, (await desk.PublishedAsync()).Target);
    }

    [Fact]
    public async Task A_switch_that_was_just_told_to_go_on_is_on_even_before_it_reports()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ReportAsync(ControlMode.Remote, ("heater", 0));
        await desk.WantAsync("heater", 1);
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Accepted);

        await desk.WantAsync("heater", 0);
        await desk.PassAsync(TimeSpan.FromSeconds(10));

        Assert.True(await desk.IsQuietAsync());
    }

    [Fact]
    public async Task Safety_does_not_wait_out_the_pauses_that_a_rule_has_earned()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 0);
        foreach (var pause in new[] { 61, 121 })
        {
            await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Failed);
            await desk.PassAsync(TimeSpan.FromSeconds(pause));
        }

        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Failed);
        await desk.WantAsync("roof_vent", 0, Authority.Interlock);

        Assert.Equal("interlock vent-on-heat@7", (await desk.PublishedAsync()).Reason);
    }
}
