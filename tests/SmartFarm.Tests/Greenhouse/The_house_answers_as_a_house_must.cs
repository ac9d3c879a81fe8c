using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class The_house_answers_as_a_house_must
{
    private static readonly HouseModel Model = new(new HouseParameters());
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(60);

    private static Arbitrary<Moment> Moments => Arb.From(
        from inside in Gen.Choose(-300, 550)
        from humidity in Gen.Choose(50, 1000)
        from co2 in Gen.Choose(200, 1500)
        from moisture in Gen.Choose(0, 500)
        from outside in Gen.Choose(-450, 550)
        from outsideHumidity in Gen.Choose(50, 1000)
        from sun in Gen.Choose(0, 1200)
        from wind in Gen.Choose(0, 300)
        from vent in Gen.Choose(0, 100)
        from heater in Gen.Choose(0, 100)
        from irrigation in Gen.Choose(0, 100)
        select new Moment(
            HouseState.Of(inside / 10.0, humidity / 10.0) with { Co2Ppm = co2, SoilMoisturePercent = moisture / 10.0 },
            new Outside(outside / 10.0, outsideHumidity / 10.0, sun, wind / 10.0, 0, 0, 1013, 420),
            new HouseControls(vent / 100.0, heater / 100.0, irrigation / 100.0)));

    [Fact]
    public void A_closed_house_settles_where_loss_equals_gain()
    {
        var model = new HouseModel(new HouseParameters { Leakage = 0 });
        var outside = new Outside(-5, 80, 400, 3, 0, 0, 1013, 420);
        var state = HouseState.Of(20, 60);
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            state = model.Step(state, outside, new HouseControls(Vent: 0, Heater: 0.5, Irrigation: 0), Step);
        }

        // Van Henten: T = T_out + (heat + 0.2 · radiation) / 6.1.
        Assert.Equal(-5 + (((232 * 0.5) + (0.2 * 400)) / 6.1), state.TemperatureC, 1e-6);
    }

    [Fact]
    public void An_hour_in_steps_of_a_second_and_of_a_minute_ends_alike()
    {
        Prop.ForAll(Moments, moment =>
        {
            var fine = Run(moment, TimeSpan.FromSeconds(1));
            var coarse = Run(moment, Step);
            return (Math.Abs(fine.TemperatureC - coarse.TemperatureC) < 0.6 && Math.Abs(fine.SoilMoisturePercent - coarse.SoilMoisturePercent) < 0.1)
                .Label($"{fine} {coarse}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void A_day_of_any_constant_weather_stays_within_the_bounds_of_nature()
    {
        Prop.ForAll(Moments, moment =>
        {
            var state = moment.State;
            for (var minute = 0; minute < 24 * 60; minute++)
            {
                state = Model.Step(state, moment.Outside, moment.Controls, Step);
                if (!(state.TemperatureC is > -50 and < 120 && state.AbsoluteHumidity >= 0 && state.Co2Ppm is > 0 and < 100_000 && state.SoilMoisturePercent is >= 0 and <= 100
                    && (state.TemperatureC > 80 || state.RelativeHumidityPercent < 100.001)))
                {
                    return false.Label($"minute {minute}: {state}");
                }
            }

            return true.Label("");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void More_heat_is_warmer()
    {
        Compare((moment, more) => moment with { Controls = moment.Controls with { Heater = moment.Controls.Heater + more } }, s => s.TemperatureC, +1);
    }

    [Fact]
    public void More_sun_is_warmer()
    {
        Compare((moment, more) => moment with { Outside = moment.Outside with { SolarRadiation = moment.Outside.SolarRadiation + (500 * more) } }, s => s.TemperatureC, +1);
    }

    [Fact]
    public void More_sun_takes_more_CO2()
    {
        Compare((moment, more) => moment with { Outside = moment.Outside with { SolarRadiation = moment.Outside.SolarRadiation + (500 * more) } }, s => s.Co2Ppm, -1);
    }

    [Fact]
    public void More_water_is_wetter_soil()
    {
        Compare((moment, more) => moment with { Controls = moment.Controls with { Irrigation = moment.Controls.Irrigation + more } }, s => s.SoilMoisturePercent, +1);
    }

    [Fact]
    public void Wider_vents_bring_the_CO2_nearer_to_that_outside()
    {
        Prop.ForAll(Moments, moment =>
        {
            var dark = moment with { Outside = moment.Outside with { SolarRadiation = 0 } };
            var closed = Model.Step(dark.State, dark.Outside, dark.Controls with { Vent = 0 }, Step).Co2Ppm;
            var open = Model.Step(dark.State, dark.Outside, dark.Controls with { Vent = 1 }, Step).Co2Ppm;
            return closed > 420 + 1 ? open <= closed : closed >= 420 - 1 || open >= closed;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Wider_vents_cool_a_house_that_is_warmer_than_outside()
    {
        Prop.ForAll(Moments, moment =>
        {
            var closed = Model.Step(moment.State, moment.Outside, moment.Controls with { Vent = 0 }, Step).TemperatureC;
            var open = Model.Step(moment.State, moment.Outside, moment.Controls with { Vent = 1 }, Step).TemperatureC;
            return moment.State.TemperatureC <= moment.Outside.TemperatureC || open <= closed;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Soil_that_is_not_watered_dries_and_then_the_crop_stops_drinking()
    {
        var summer = new Outside(34, 25, 700, 3, 0, 0, 1013, 420);
        var moist = HouseState.Of(34, 40);
        var dry = moist with { SoilMoisturePercent = 12 };

        Assert.True(Model.Step(moist, summer, default, Step).SoilMoisturePercent < moist.SoilMoisturePercent);
        Assert.Equal(12, Model.Step(dry, summer, default, Step).SoilMoisturePercent);
    }

    private static HouseState Run(Moment moment, TimeSpan step)
    {
        var state = moment.State;
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromHours(1); elapsed += step)
        {
            state = Model.Step(state, moment.Outside, moment.Controls, step);
        }

        return state;
    }

    private static void Compare(Func<Moment, double, Moment> change, Func<HouseState, double> output, int sign)
    {
        Prop.ForAll(Moments, moment =>
        {
            var before = output(Model.Step(moment.State, moment.Outside, moment.Controls, Step));
            var changed = change(moment, 0.5);
            var after = output(Model.Step(changed.State, changed.Outside, changed.Controls, Step));
            return (sign * (after - before) >= -1e-9).Label($"{before} → {after}");
        }).QuickCheckThrowOnFailure();
    }

    private sealed record Moment(HouseState State, Outside Outside, HouseControls Controls);
}
