using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Rules.Engine;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

/// <summary>Red when rules that fight can wear out a motor, when they can take the last command from safety, or when nobody is told.</summary>
public sealed class Storms_of_commands_are_damped
{
    [Fact]
    public async Task A_vent_that_is_told_something_else_every_second_moves_a_few_times_and_raises_an_alarm()
    {
        await using var desk = await Desk.OpenAsync();

        var moves = await FlapAsync(desk, seconds: 120);

        // A burst of 7 (10 but for the third that is kept for safety), then one each 15 s.
        Assert.InRange(moves, 13, 16);
        var alarm = Assert.Single(desk.Alarms.List());
        Assert.Equal(("t1:gh1:command_storm:roof_vent", AlarmState.Active), (alarm.Key.Id, alarm.State));
        Assert.Contains("commanded too often", alarm.Text);
    }

    [Fact]
    public async Task The_alarm_goes_when_commands_are_few_again()
    {
        await using var desk = await Desk.OpenAsync();
        await FlapAsync(desk, seconds: 20);

        await desk.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(AlarmState.Returned, desk.Alarms.List().Single(a => a.Key.Code == "command_storm").State);
    }

    [Fact]
    public async Task Safety_gets_through_where_rules_are_held_back()
    {
        await using var desk = await Desk.OpenAsync();
        await FlapAsync(desk, seconds: 20);

        await desk.WantAsync("roof_vent", 77, Authority.Interlock);

        Assert.Equal(77, (await desk.PublishedAsync()).Target);
    }

    private static async Task<int> FlapAsync(Desk desk, int seconds)
    {
        await desk.ReportAsync(ControlMode.Remote, ("roof_vent", 50));
        var moves = 0;
        for (var second = 0; second < seconds; second++)
        {
            await desk.WantAsync("roof_vent", second % 2 == 0 ? 100 : 0);
            await desk.PassAsync(TimeSpan.FromSeconds(1));
            while (!await desk.IsQuietAsync())
            {
                await desk.PublishedAsync();
                moves++;
            }
        }

        return moves;
    }
}
