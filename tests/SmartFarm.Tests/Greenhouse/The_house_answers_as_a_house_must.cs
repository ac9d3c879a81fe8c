using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class The_house_answers_as_a_house_must
{
    private static readonly HouseModel Model = new(new HouseParameters());
    private const double Minute = 60;

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
            new HouseControls { RoofVentLee = vent / 100.0, RoofVentWind = vent / 100.0, Heating = heater / 100.0, Irrigation = irrigation / 100.0 }));

    [Fact]
    public void A_closed_house_settles_where_loss_equals_gain()
    {
        var model = new HouseModel(new HouseParameters { Leakage = 0 });
        var outside = new Outside(-5, 80, 400, 3, 0, 0, 1013, 420);
        var state = HouseState.Of(20, 60);
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            model.Step(ref state, outside, new HouseControls { Heating = 0.5 }, Minute);
        }

        // Van Henten: T = T_out + (heat + 0.2 · radiation) / 6.1.
        Assert.Equal(-5 + (((232 * 0.5) + (0.2 * 400)) / 6.1), state.TemperatureC, 1e-6);
    }

    [Fact]
    public void An_hour_in_steps_of_a_second_and_of_a_minute_ends_alike()
    {
        Prop.ForAll(Moments, moment =>
        {
            var fine = Run(moment, 1);
            var coarse = Run(moment, Minute);
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
                Model.Step(ref state, moment.Outside, moment.Controls, Minute);
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
        Compare((moment, more) => moment with { Controls = moment.Controls with { Heating = moment.Controls.Heating + more } }, s => s.TemperatureC, +1);
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
            var closed = Next(dark.State, dark.Outside, dark.Controls with { RoofVentLee = 0, RoofVentWind = 0 }).Co2Ppm;
            var open = Next(dark.State, dark.Outside, dark.Controls with { RoofVentLee = 1, RoofVentWind = 1 }).Co2Ppm;
            return closed > 420 + 1 ? open <= closed : closed >= 420 - 1 || open >= closed;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Wider_vents_cool_a_house_that_is_warmer_than_outside()
    {
        Prop.ForAll(Moments, moment =>
        {
            var closed = Next(moment.State, moment.Outside, moment.Controls with { RoofVentLee = 0, RoofVentWind = 0 }).TemperatureC;
            var open = Next(moment.State, moment.Outside, moment.Controls with { RoofVentLee = 1, RoofVentWind = 1 }).TemperatureC;
            return moment.State.TemperatureC <= moment.Outside.TemperatureC || open <= closed;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Soil_that_is_not_watered_dries_and_then_the_crop_stops_drinking()
    {
        var summer = new Outside(34, 25, 700, 3, 0, 0, 1013, 420);
        var moist = HouseState.Of(34, 40);
        var dry = moist with { SoilMoisturePercent = 12 };

        Assert.True(Next(moist, summer, default).SoilMoisturePercent < moist.SoilMoisturePercent);
        Assert.Equal(12, Next(dry, summer, default).SoilMoisturePercent);
    }

    private static HouseState Next(HouseState state, in Outside outside, in HouseControls controls)
    {
        Model.Step(ref state, outside, controls, Minute);
        return state;
    }

    private static HouseState Run(Moment moment, double step)
    {
        var state = moment.State;
        for (var elapsed = 0.0; elapsed < 3600; elapsed += step)
        {
            Model.Step(ref state, moment.Outside, moment.Controls, step);
        }

        return state;
    }

    private static void Compare(Func<Moment, double, Moment> change, Func<HouseState, double> output, int sign)
    {
        Prop.ForAll(Moments, moment =>
        {
            var before = output(Next(moment.State, moment.Outside, moment.Controls));
            var changed = change(moment, 0.5);
            var after = output(Next(changed.State, changed.Outside, changed.Controls));
            return (sign * (after - before) >= -1e-9).Label($"{before} → {after}");
        }).QuickCheckThrowOnFailure();
    }

    private sealed record Moment(HouseState State, Outside Outside, HouseControls Controls);
}
