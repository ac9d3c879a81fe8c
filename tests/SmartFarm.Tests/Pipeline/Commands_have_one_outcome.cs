using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Commands;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Commands_have_one_outcome
{
    [Fact]
    public async Task A_wanted_target_becomes_a_command_with_id_reason_and_expiry()
    {
        await using var desk = await Desk.OpenAsync();

        await desk.WantAsync("roof_vent", 60);

        var command = await desk.PublishedAsync();
        Assert.Equal(("roof_vent", 60, "%", 1), (command.Actuator, command.Target, command.Unit, command.Seq));
        Assert.Equal("rule vent-on-heat@7", command.Reason);
        Assert.Equal(desk.Clock.GetUtcNow().AddSeconds(30), command.Expires);
        Assert.Equal(7, command.Id.Version);
    }

    [Fact]
    public async Task A_switch_that_goes_on_carries_its_longest_time_on()
    {
        await using var desk = await Desk.OpenAsync();

        await desk.WantAsync("heater", 1);

        Assert.Equal(TimeSpan.FromHours(6), (await desk.PublishedAsync()).Duration);
    }

    [Theory]
    [InlineData(ReplyStatus.Succeeded, CommandStage.Succeeded)]
    [InlineData(ReplyStatus.Failed, CommandStage.Failed)]
    [InlineData(ReplyStatus.Rejected, CommandStage.Rejected)]
    public async Task The_controllers_last_word_closes_it(ReplyStatus word, CommandStage outcome)
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();

        await desk.ReplyAsync(command.Id, ReplyStatus.Accepted);
        Assert.Equal(CommandStage.Accepted, (await desk.RecordAsync(command.Id)).Stage);
        await desk.ReplyAsync(command.Id, word);

        Assert.Equal(outcome, (await desk.RecordAsync(command.Id)).Stage);
    }

    [Fact]
    public async Task Silence_closes_it_as_timed_out()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();

        await desk.PassAsync(TimeSpan.FromSeconds(34));
        Assert.Equal(CommandStage.Published, (await desk.RecordAsync(command.Id)).Stage);
        await desk.PassAsync(TimeSpan.FromSeconds(2));

        var record = await desk.RecordAsync(command.Id);
        Assert.Equal((CommandStage.TimedOut, "The controller did not answer."), (record.Stage, record.Detail));
    }

    [Fact]
    public async Task Once_accepted_it_has_the_travel_time()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();
        await desk.ReplyAsync(command.Id, ReplyStatus.Accepted);

        await desk.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(CommandStage.Accepted, (await desk.RecordAsync(command.Id)).Stage);
        await desk.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(CommandStage.TimedOut, (await desk.RecordAsync(command.Id)).Stage);
    }

    [Fact]
    public async Task A_late_success_corrects_a_time_out_and_nothing_acts_twice()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();
        await desk.PassAsync(TimeSpan.FromSeconds(40));

        await desk.ReplyAsync(command.Id, ReplyStatus.Succeeded);

        Assert.Equal(CommandStage.Succeeded, (await desk.RecordAsync(command.Id)).Stage);
        await desk.PassAsync(TimeSpan.FromMinutes(5));
        Assert.True(await desk.IsQuietAsync());
    }

    [Fact]
    public async Task A_closed_command_is_not_opened_again()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();
        await desk.ReplyAsync(command.Id, ReplyStatus.Succeeded);

        await desk.ReplyAsync(command.Id, ReplyStatus.Running);
        await desk.ReplyAsync(command.Id, ReplyStatus.Failed);

        Assert.Equal(CommandStage.Succeeded, (await desk.RecordAsync(command.Id)).Stage);
    }

    [Fact]
    public async Task An_answer_from_another_controller_counts_for_nothing()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();

        await desk.ReplyAsync(command.Id, ReplyStatus.Succeeded, address: "other-addr");

        Assert.Equal(CommandStage.Published, (await desk.RecordAsync(command.Id)).Stage);
    }

    [Fact]
    public async Task A_newer_target_supersedes_an_open_command_and_has_a_higher_number()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var first = await desk.PublishedAsync();

        await desk.WantAsync("roof_vent", 0);

        var second = await desk.PublishedAsync();
        Assert.Equal(2, second.Seq);
        Assert.Equal(CommandStage.Superseded, (await desk.RecordAsync(first.Id)).Stage);
    }

    [Fact]
    public async Task What_the_broker_does_not_take_in_time_has_expired_and_never_acted()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Broker = (_, _) => throw new TimeoutException("The broker did not take it before it expired.");
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();

        await desk.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(CommandStage.Expired, (await desk.RecordAsync(command.Id)).Stage);
    }

    [Fact]
    public async Task A_restart_keeps_an_open_command_and_its_number()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var first = await desk.PublishedAsync();
        await desk.RecordAsync(first.Id);

        await desk.RestartAsync();
        await desk.ConnectAsync();
        await desk.WantAsync("roof_vent", 60);
        Assert.True(await desk.IsQuietAsync());
        await desk.ReplyAsync(first.Id, ReplyStatus.Succeeded);
        Assert.Equal(CommandStage.Succeeded, (await desk.RecordAsync(first.Id)).Stage);
        await desk.WantAsync("roof_vent", 0);

        Assert.Equal(2, (await desk.PublishedAsync()).Seq);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_step_of_the_wall_clock_ends_no_command_and_keeps_none_open(int hours)
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();

        desk.Clock.StepWallClock(TimeSpan.FromHours(hours));
        await desk.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(CommandStage.Published, (await desk.RecordAsync(command.Id)).Stage);
        await desk.PassAsync(TimeSpan.FromSeconds(31));

        Assert.Equal(CommandStage.TimedOut, (await desk.RecordAsync(command.Id)).Stage);
    }

    [Fact]
    public async Task A_superseded_command_that_has_not_left_does_not_leave_any_more()
    {
        await using var desk = await Desk.OpenAsync();
        var withdrawn = new TaskCompletionSource();
        desk.Broker = async (command, cancellationToken) =>
        {
            if (command.Target == 60)
            {
                cancellationToken.Register(withdrawn.SetResult);
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }
        };
        await desk.WantAsync("roof_vent", 60);
        await desk.PublishedAsync();

        await desk.WantAsync("roof_vent", 0);

        await withdrawn.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, (await desk.PublishedAsync()).Target);
    }
}
