using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Actuators;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class A_drive_takes_its_time
{
    private static readonly Drive Vent = new(0, 100, TimeSpan.FromSeconds(180));

    [Theory]
    [InlineData(0, 60, 54, 30)]
    [InlineData(0, 60, 108, 60)]
    [InlineData(0, 60, 500, 60)]
    [InlineData(60, 0, 18, 50)]
    [InlineData(60, 60, 18, 60)]
    [InlineData(90, 140, 500, 100)]
    public void It_moves_at_constant_speed_and_stops_at_its_target(double position, double target, double seconds, double expected)
    {
        Assert.Equal(expected, Vent.Move(position, target, TimeSpan.FromSeconds(seconds)), 1e-9);
    }

    [Fact]
    public void A_switch_acts_at_once()
    {
        Assert.Equal(1, new Drive(0, 1, TimeSpan.Zero).Move(0, 1, TimeSpan.Zero));
    }

    [Fact]
    public void Many_short_moves_go_as_far_as_one_long_move()
    {
        Prop.ForAll(Arb.From(from start in Gen.Choose(0, 100) from target in Gen.Choose(0, 100) from steps in Gen.Choose(1, 200) select (start, target, steps)), c =>
        {
            double position = c.start;
            for (var i = 0; i < c.steps; i++)
            {
                position = Vent.Move(position, c.target, TimeSpan.FromSeconds(1));
            }

            return Math.Abs(position - Vent.Move(c.start, c.target, TimeSpan.FromSeconds(c.steps))) < 1e-9;
        }).QuickCheckThrowOnFailure();
    }
}
