using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Commands;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

/// <summary>LoRaWAN class A: red when a command to a node that listens only after its uplink is given up, sent again or called late too early.</summary>
public sealed class A_node_that_sleeps_is_waited_for
{
    private static readonly TimeSpan Uplink = TimeSpan.FromMinutes(10);
    private static readonly Farm Sleeper = SharedFarm.With(c => c with { Uplink = Uplink });

    [Fact]
    public async Task Its_command_lives_for_two_uplinks()
    {
        await using var desk = await OpenAsync();

        await desk.WantAsync("pump", 1);
        var command = await desk.PublishedAsync();

        Assert.Equal((2 * Uplink) + TimeSpan.FromSeconds(30), command.Expires - command.Issued);
        var record = await desk.RecordAsync(command.Id);
        Assert.Equal((CommandStage.Queued, true, "It waits for the next uplink, within 10 min."), (record.Stage, record.IsOpen, record.Detail));
    }

    [Fact]
    public async Task With_its_uplink_the_command_is_on_its_way_and_its_answer_may_come_with_the_one_after()
    {
        await using var desk = await OpenAsync();
        await desk.WantAsync("pump", 1);
        var command = await desk.PublishedAsync();
        await desk.PassAsync(TimeSpan.FromMinutes(9));

        await desk.ReportAsync(ControlMode.Remote, ("pump", 0));
        Assert.Equal(CommandStage.Published, (await desk.RecordAsync(command.Id)).Stage);
        await desk.PassAsync(Uplink);
        Assert.Equal(CommandStage.Published, (await desk.RecordAsync(command.Id)).Stage);
        await desk.ReplyAsync(command.Id, ReplyStatus.Succeeded);

        Assert.Equal(CommandStage.Succeeded, (await desk.RecordAsync(command.Id)).Stage);
        Assert.Empty(desk.Resent);
    }

    [Fact]
    public async Task Only_after_a_third_uplink_without_a_sign_it_has_timed_out()
    {
        await using var desk = await OpenAsync();
        await desk.WantAsync("pump", 1);
        var command = await desk.PublishedAsync();

        await desk.PassAsync((3 * Uplink) + TimeSpan.FromSeconds(30));
        Assert.True((await desk.RecordAsync(command.Id)).IsOpen);
        await desk.PassAsync(TimeSpan.FromSeconds(8));

        var record = await desk.RecordAsync(command.Id);
        Assert.Equal((CommandStage.TimedOut, "The controller gave no sign of life."), (record.Stage, record.Detail));
        Assert.Empty(desk.Resent);
    }

    private static async Task<Desk> OpenAsync()
    {
        var desk = await Desk.OpenAsync(Sleeper);
        await desk.ReportAsync(ControlMode.Remote, ("pump", 0), ("mist", 0));
        await desk.ReportAsync("other-addr", ControlMode.Remote, null, ("pump", 0));
        return desk;
    }
}
