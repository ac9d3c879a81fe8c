using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Commands;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

/// <summary>
/// Red when a lost message or answer costs a command, when a controller that started anew is left where it fell, or when a node is commanded before
/// it could say who has it in hand.
/// </summary>
public sealed class Controllers_come_and_go
{
    [Fact]
    public async Task A_command_without_an_answer_is_handed_over_again_while_it_lives_under_its_own_id()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();

        await desk.PassAsync(TimeSpan.FromSeconds(34));

        Assert.Equal([command.Id, command.Id], desk.Resent.Select(r => r.Command.Id));
        Assert.Equal([20, 10], desk.Resent.Select(r => (int)Math.Round(r.Left.TotalSeconds)));
        Assert.Equal(1, desk.Metrics.CommandsIssued);
    }

    [Fact]
    public async Task Once_answered_it_is_not_handed_over_again()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Accepted);

        await desk.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Empty(desk.Resent);
    }

    [Fact]
    public async Task A_controller_that_is_back_gets_at_once_what_it_may_have_missed()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();
        await desk.FlushAsync();

        await desk.The.TellAsync(new DeskEvent.Presence("t1", "ctrl-addr", IsOnline: false), default);
        await desk.FlushAsync();
        Assert.Empty(desk.Resent);
        await desk.The.TellAsync(new DeskEvent.Presence("t1", "ctrl-addr", IsOnline: true), default);
        await desk.FlushAsync();

        Assert.Equal(command.Id, Assert.Single(desk.Resent).Command.Id);
    }

    [Fact]
    public async Task A_controller_that_started_anew_is_told_again_at_once()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ReportAsync("ctrl-addr", ControlMode.Remote, "1", ("roof_vent", 0));
        await desk.WantAsync("roof_vent", 60);
        var first = await desk.PublishedAsync();
        await desk.ReplyAsync(first.Id, ReplyStatus.Running);

        await desk.ReportAsync("ctrl-addr", ControlMode.Remote, "2", ("roof_vent", 0));

        var record = await desk.RecordAsync(first.Id);
        Assert.Equal((CommandStage.Failed, "The controller started anew while it carried it out."), (record.Stage, record.Detail));
        Assert.Equal((60, 2), ((await desk.PublishedAsync()).Target, 2));
    }

    [Fact]
    public async Task What_had_been_reached_before_it_started_anew_is_asked_for_again()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ReportAsync("ctrl-addr", ControlMode.Remote, "1", ("roof_vent", 0));
        await desk.WantAsync("roof_vent", 60);
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Succeeded);
        await desk.ReportAsync("ctrl-addr", ControlMode.Remote, "1", ("roof_vent", 60));
        Assert.True(await desk.IsQuietAsync());

        await desk.ReportAsync("ctrl-addr", ControlMode.Remote, "2", ("roof_vent", 0));

        Assert.Equal(60, (await desk.PublishedAsync()).Target);
    }

    [Fact]
    public async Task After_a_new_connection_nothing_moves_until_the_state_can_have_come()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 0));
        await desk.The.TellAsync(new DeskEvent.Connected("t1"), default);
        await desk.PassAsync(TimeSpan.FromSeconds(1));

        await desk.The.TellAsync(new DeskEvent.Connected("t1"), default);
        await desk.WantAsync("roof_vent", 60);
        Assert.True(await desk.IsQuietAsync());
        await desk.ReportAsync(ControlMode.Manual, ("roof_vent", 0));
        await desk.PassAsync(TimeSpan.FromSeconds(10));

        Assert.True(await desk.IsQuietAsync());
    }

    [Fact]
    public async Task A_command_that_has_not_left_when_the_node_goes_to_manual_is_cancelled()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Broker = async (_, cancellationToken) => await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();

        await desk.ReportAsync(ControlMode.Manual, ("roof_vent", 0));

        var record = await desk.RecordAsync(command.Id);
        Assert.Equal(CommandStage.Cancelled, record.Stage);
        Assert.Contains("in manual mode", record.Detail);
    }

    [Fact]
    public async Task A_success_without_effect_is_an_outcome_an_alarm_and_no_reason_to_hammer()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("heater", 1);
        var command = await desk.PublishedAsync();
        await desk.ReplyAsync(command.Id, ReplyStatus.Succeeded);

        await desk.The.TellAsync(new DeskEvent.NoEffect("t1", "gh1", "heater", 1, "air_temperature rose by 0.1 K, not by 0.5 K, within 15 min"), default);
        await desk.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(CommandStage.NoEffect, (await desk.RecordAsync(command.Id)).Stage);
        Assert.Equal("t1:gh1:command_no_effect:heater", Assert.Single(desk.Alarms.List()).Key.Id);
        Assert.True(await desk.IsQuietAsync());
    }

    [Fact]
    public async Task The_rules_hear_what_controllers_say_the_newest_word_of_each()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 10), ("heater", 0));
        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 20), ("heater", 0));
        await desk.WantAsync("heater", 1);
        await desk.ReplyAsync((await desk.PublishedAsync()).Id, ReplyStatus.Succeeded);

        var told = new List<ZoneNote>();
        while (desk.Inbox.TryTake(out var note, out _))
        {
            told.Add(note);
        }

        var now = told.OfType<ZoneNote.Acknowledged>().Single().TimeMs;
        Assert.Equal([new ZoneNote.Positioned("t1", "gh1", "roof_vent", 20, now), new ZoneNote.Positioned("t1", "gh1", "heater", 0, now)], told.OfType<ZoneNote.Positioned>());
        Assert.Equal(new ZoneNote.Acknowledged("t1", "gh1", "heater", 1, now), told[^1]);
    }
}
