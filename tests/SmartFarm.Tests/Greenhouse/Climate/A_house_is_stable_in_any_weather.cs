using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using Xunit;

namespace SmartFarm.Tests.Greenhouse.Climate;

public sealed class A_house_is_stable_in_any_weather
{
    [Fact]
    public void A_day_of_any_weather_with_actuators_that_jump_every_minute_stays_within_the_bounds_of_nature()
    {
        Prop.ForAll(Moments.Any, Moments.Any, (moment, other) =>
        {
            var model = new HouseModel(moment.House);
            var state = moment.State;
            for (var minute = 0; minute < 24 * 60; minute++)
            {
                model.Step(ref state, moment.Outside, minute % 2 == 0 ? moment.Controls : other.Controls, 60);
                if (Wrong(state, mostHumid: 102) is { } wrong)
                {
                    return false.Label($"minute {minute}: {wrong} in {state}");
                }
            }

            return true.Label("");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void Weather_that_jumps_between_the_extremes_every_step_shakes_nothing_loose()
    {
        Prop.ForAll(Moments.Any, Moments.Any, Arb.From(Gen.Choose(1, 60)), (moment, other, seconds) =>
        {
            var model = new HouseModel(moment.House);
            var state = moment.State;
            for (var i = 0; i < 600; i++)
            {
                model.Step(ref state, i % 2 == 0 ? moment.Outside : other.Outside, moment.Controls, seconds);
                if (Wrong(state, mostHumid: double.PositiveInfinity) is { } wrong)
                {
                    return false.Label($"step {i}: {wrong} in {state}");
                }
            }

            // Air that froze within a step is full of mist for a step; then it is air again.
            model.Step(ref state, moment.Outside, moment.Controls, 60);
            model.Step(ref state, moment.Outside, moment.Controls, 60);
            var last = Wrong(state, mostHumid: 102);
            return (last is null).Label($"{last} in {state}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void In_constant_weather_it_comes_to_rest_without_swinging()
    {
        Prop.ForAll(Moments.Any, moment =>
        {
            var settled = moment with { State = moment.After(12 * 3600) };
            var model = new HouseModel(moment.House);
            var state = settled.State;
            for (var i = 0; i < 60; i++)
            {
                var before = state;
                model.Step(ref state, moment.Outside, moment.Controls, 60);
                if (state.TankLitres < 0.1)
                {
                    // With an empty tank pads fall dry and wet again: that is weather of its own.
                    return true.Label("");
                }

                var moved = Math.Abs(state.TemperatureC - before.TemperatureC) + Math.Abs(state.TopTemperatureC - before.TopTemperatureC) + Math.Abs(state.CoverTemperatureC - before.CoverTemperatureC);
                if (moved > 0.05)
                {
                    return false.Label($"moves by {moved} K a minute after half a day: {before} → {state}");
                }
            }

            return true.Label("");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void An_hour_in_steps_of_a_second_and_of_a_minute_ends_alike()
    {
        Prop.ForAll(Moments.Any, moment =>
        {
            var fine = moment.After(3600, step: 1);
            var coarse = moment.After(3600, step: 60);
            return (Math.Abs(fine.TemperatureC - coarse.TemperatureC) < 0.2 && Math.Abs(fine.RelativeHumidityPercent - coarse.RelativeHumidityPercent) < 2
                && Math.Abs(fine.SoilMoisturePercent - coarse.SoilMoisturePercent) < 0.1 && Math.Abs(fine.Co2Ppm - coarse.Co2Ppm) < 20).Label($"{fine} {coarse}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var model = new HouseModel(HouseParameters.SingleFilm);
        var state = HouseState.Of(15, 90);
        var outside = new Outside(10, 60, 300, 4, 0, 0, 1000, 420);
        var controls = new HouseControls { RoofVentLee = 0.3, Fog = 1, PadFan = 1, Heating = 1, Irrigation = 1, EnergyScreen = 0.5 };
        model.Step(ref state, outside, controls, 60);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            model.Step(ref state, outside, controls, 60, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>What no house shows: null when all is well.</summary>
    private static string? Wrong(in HouseState s, double mostHumid) =>
        !(s.TemperatureC is > -65 and < 120) ? "air" :
        !(s.CoverTemperatureC is > -75 and < 110 && s.CanopyTemperatureC is > -65 and < 120 && s.ScreenTemperatureC is > -75 and < 120) ? "surface" :
        !(s.PipeTemperatureC is > -65 and < 120) ? "pipe" :
        !(s.HumidityRatio >= 0 && s.TopHumidityRatio >= 0) ? "negative vapour" :
        s.TemperatureC is > -60 and < 80 && !(s.RelativeHumidityPercent >= 0 && s.RelativeHumidityPercent < mostHumid) ? $"humidity {s.RelativeHumidityPercent}" :
        !(s.Co2Ppm is > 0 and < 200_000) ? "CO2" :
        !(s.SoilMoisturePercent is >= 0 and <= 48 + 1e-9 or <= 50 && s.SaltGram >= 0 && double.IsFinite(s.SubstrateEc)) ? "root zone" :
        !(s.TankLitres is >= 0 and <= 20 + 1e-9) ? "tank" : null;
}
