using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Actuators;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class A_drive_moves_as_motors_do
{
    private static readonly DriveParameters Vent = new(0, 100, TimeSpan.FromSeconds(180));
    private static readonly DriveParameters Geared = Vent with { DeadBand = 1, Backlash = 4 };
    private static readonly DriveParameters Switch = new(0, 1, TimeSpan.Zero);

    [Fact]
    public void It_needs_its_travel_time_and_stops_at_the_target()
    {
        var drive = new Drive(Vent, 0);

        Assert.Equal([10, 20, 30, 40, 50, 60, 60], Enumerable.Range(0, 7).Select(_ => Moved(drive, 60, 18)), Near);
        Assert.True(drive.IsAtRest);
    }

    [Fact]
    public void Inside_the_dead_band_the_motor_does_not_start_but_an_end_of_the_range_is_always_reached()
    {
        var drive = new Drive(Geared, 50);

        Assert.Equal(50, Moved(drive, 51, 60));
        Assert.True(drive.IsAtRest);
        Assert.Equal(51.2, Moved(drive, 51.2, 60));
        Moved(drive, 99.5, 600);
        Assert.Equal(100, Moved(drive, 100, 60));
        Moved(drive, 0.5, 600);
        Assert.Equal(0, Moved(drive, 0, 60));
        Assert.Equal(0, drive.Position);
    }

    [Fact]
    public void What_it_moves_lags_by_half_the_play_either_way()
    {
        var drive = new Drive(Geared, 50);

        Moved(drive, 70, 600);
        Assert.Equal(68, drive.Position, 9);
        Moved(drive, 67, 600);
        Assert.Equal(68, drive.Position, 9);
        Moved(drive, 60, 600);
        Assert.Equal((62, 60), (drive.Position, drive.Measured));
    }

    [Fact]
    public void A_load_that_sticks_waits_for_the_pull_and_then_slides_along()
    {
        var drive = new Drive(Vent, 50);
        var sticky = new DriveCondition { Stiction = 5 };

        Moved(drive, 54, 600, sticky);
        Assert.Equal((50, 54), (drive.Position, drive.Measured));
        Moved(drive, 56, 600, sticky);
        Assert.Equal(56, drive.Position);
        Moved(drive, 52, 600, sticky);
        Assert.Equal(56, drive.Position);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(100, 0)]
    [InlineData(10, 100)]
    public void Wired_the_wrong_way_round_it_runs_to_the_other_end_and_is_never_content(double target, double end)
    {
        var drive = new Drive(Vent, 30);

        Moved(drive, target, 600, new DriveCondition { IsReversed = true });

        Assert.Equal(end, drive.Position);
        Assert.False(drive.IsAtRest);
    }

    [Fact]
    public void A_position_measured_wrong_leads_to_the_wrong_place_except_at_the_end_switches()
    {
        var drive = new Drive(Vent, 0);
        var wrong = new DriveCondition { PositionError = 8 };

        Assert.Equal(50, Moved(drive, 50, 600, wrong));
        Assert.Equal(42, drive.Position);
        Assert.True(drive.IsAtRest);
        Assert.Equal(100, Moved(drive, 100, 600, wrong));
        Assert.Equal(100, drive.Position);
    }

    [Fact]
    public void Without_feedback_the_motor_runs_on_to_the_end()
    {
        var drive = new Drive(Vent, 20);

        Assert.Equal(20, Moved(drive, 50, 600, new DriveCondition { HasNoFeedback = true }));

        Assert.Equal(100, drive.Position);
        Assert.False(drive.IsAtRest);
    }

    [Fact]
    public void Jammed_it_stays_slow_it_crawls_and_without_power_it_stays()
    {
        var drive = new Drive(Vent, 20);

        Assert.Equal(20, Moved(drive, 80, 60, new DriveCondition { Speed = 0 }));
        Assert.Equal(20, Moved(drive, 80, 60, new DriveCondition { HasNoPower = true }));
        Assert.Equal(30, Moved(drive, 80, 36, new DriveCondition { Speed = 0.5 }), 9);
        Assert.Equal(45, Moved(drive, 80, 60, new DriveCondition { JammedAt = 45 }));
        Assert.Equal(45, drive.Position);
        Assert.Equal(80, Moved(drive, 80, 600));
    }

    [Fact]
    public void A_switch_acts_at_once_reports_its_coil_and_fails_behind_it()
    {
        var drive = new Drive(Switch, 0);

        Assert.Equal((1, 1), (Moved(drive, 1, 0), drive.Position));
        Assert.Equal((1, 0), (Moved(drive, 1, 0, new DriveCondition { HasNoPower = true }), drive.Position));
        Assert.Equal((1, 1), (Moved(drive, 1, 0), drive.Position));
        Assert.Equal((0, 1), (Moved(drive, 0, 0, new DriveCondition { IsWelded = true }), drive.Position));
        Assert.Equal((0, 0), (Moved(drive, 0, 0), drive.Position));
        Assert.Equal((0, 0), (Moved(drive, 1, 0, new DriveCondition { Speed = 0 }), drive.Position));
    }

    [Fact]
    public void However_time_is_cut_into_steps_it_ends_in_the_same_place_within_its_range()
    {
        var fault = Gen.Elements(
            new DriveCondition(),
            new DriveCondition { Stiction = 7 },
            new DriveCondition { Backlash = 6, DeadBand = 2 },
            new DriveCondition { PositionError = -4, Stiction = 3 },
            new DriveCondition { Speed = 0.4 },
            new DriveCondition { IsReversed = true },
            new DriveCondition { HasNoFeedback = true });
        var orders = Gen.Choose(0, 100).SelectMany(target => Gen.Choose(1, 60).SelectMany(seconds => Gen.Choose(1, 9).Select(steps => (target, seconds, steps)))).ListOf();
        Prop.ForAll(Arb.From(fault), Arb.From(orders), (condition, list) =>
        {
            var (whole, cut) = (new Drive(Geared, 0), new Drive(Geared, 0));
            foreach (var (target, seconds, steps) in list)
            {
                whole.Move(target, TimeSpan.FromSeconds(seconds * steps), condition);
                for (var i = 0; i < steps; i++)
                {
                    cut.Move(target, TimeSpan.FromSeconds(seconds), condition);
                }
            }

            return (Math.Abs(whole.Position - cut.Position) < 1e-6 && Math.Abs(whole.Measured - cut.Measured) < 1e-6 && whole.Position is >= 0 and <= 100)
                .Label($"{condition}: {whole.Position} and {cut.Position}, {whole.Measured} and {cut.Measured}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static double Moved(Drive drive, double target, double seconds, DriveCondition? condition = null)
    {
        drive.Move(target, TimeSpan.FromSeconds(seconds), condition ?? new DriveCondition());
        return drive.Measured;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
}
