using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Agronomy;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Climate.Processes;
using SmartFarm.Greenhouse.Weather;
using Xunit;

namespace SmartFarm.Tests.Greenhouse.Climate;

public sealed class A_house_keeps_within_its_limits
{
    private static readonly HouseControls AllVents = new() { RoofVentLee = 1, RoofVentWind = 1, SideVent = 1 };

    [Theory]
    [InlineData(-38)]
    [InlineData(5)]
    [InlineData(30)]
    public void A_dark_house_at_rest_with_all_around_it_stays_at_rest(double temperature)
    {
        var outside = Night(temperature, 100, sky: temperature) with { GroundTemperatureC = temperature };

        var after = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(temperature, 100), outside, default).After(24 * 3600);

        Assert.Equal(temperature, after.TemperatureC, 1e-9);
        Assert.Equal(temperature, after.CanopyTemperatureC, 1e-9);
        Assert.Equal(temperature, after.CoverOuterTemperatureC, 1e-9);
        Assert.Equal(100, after.RelativeHumidityPercent, 1e-6);
    }

    [Fact]
    public void A_closed_house_settles_where_loss_equals_gain()
    {
        var model = new HouseModel(HouseParameters.Glass);
        var outside = new Outside(-5, 80, 200, 3, 0, 0, 1013, 420) { SkyTemperatureC = -15, GroundTemperatureC = 10 };
        var state = HouseState.Of(20, 60);
        HouseFluxes flows = default;
        for (var minute = 0; minute < 40 * 24 * 60; minute++)
        {
            state.SoilMoisturePercent = 30;
            model.Step(ref state, outside, new HouseControls { Heating = 0.4 }, 60, out flows);
        }

        var gain = flows[HouseFlow.Sun] - flows[HouseFlow.SunReflected] + flows[HouseFlow.BoilerToPipe];
        var loss = flows[HouseFlow.CoverToSky] + flows[HouseFlow.CoverToOutside] + flows[HouseFlow.AirToOutside] + flows[HouseFlow.TopToOutside] + flows[HouseFlow.SubsoilToGround]
            + (2.45e6 * (flows[HouseFlow.VapourToOutside] + flows[HouseFlow.TopVapourToOutside]));
        Assert.Equal(232 * 0.4, flows[HouseFlow.BoilerToPipe], 1e-9);
        Assert.Equal(gain, loss, 0.05);
        Assert.InRange(state.TemperatureC, 10, 30);
    }

    [Fact]
    public void Wide_vents_in_a_strong_wind_bring_the_air_outside_in()
    {
        var outside = new Outside(24, 40, 800, 8, 0, 0, 1013, 420);

        var after = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(35, 70), outside, AllVents).After(3600);

        Assert.Equal(24, after.TemperatureC, 1.5);
        Assert.InRange(after.Co2Ppm, 400, 420);
    }

    [Fact]
    public void By_day_a_closed_house_is_an_oven_and_by_night_a_clear_sky_cools_it_below_the_air_outside()
    {
        var noon = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(30, 50), new Outside(30, 40, 900, 2, 0, 0, 1013, 420), default).After(3 * 3600);
        var night = Night(10, 60, sky: -4) with { GroundTemperatureC = 10 };
        var after = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(10, 80), night, default).After(12 * 3600);

        Assert.InRange(noon.TemperatureC, 45, 65);
        Assert.InRange(after.CoverTemperatureC, 2, 9.5);
        Assert.InRange(after.TemperatureC, 5, 10);
    }

    [Theory]
    [InlineData(45, 12, 22.2)]
    [InlineData(35, 20, 19.0)]
    public void The_wet_bulb_is_that_of_the_psychrometer(double temperature, double humidity, double expected)
    {
        var ratio = Humid.Ratio(1000 * Psychrometrics.VapourPressure(temperature, humidity), 1013.25);

        Assert.Equal(expected, PadFan.WetBulb(temperature, ratio, 1013.25), 0.2);
    }

    [Fact]
    public void The_wet_bulb_is_that_of_psychrolib_too() => Assert.Equal(3.9267, PadFan.WetBulb(7, Humid.Ratio(1000 * Psychrometrics.VapourPressure(7, 61), 1000), 1000), 0.05);

    [Fact]
    public void Fog_and_pads_cool_to_the_wet_bulb_and_no_further()
    {
        // No sun, and a sky and a ground as warm as the air: nothing else cools. The soil starts as warm as the air.
        Prop.ForAll(Arb.From(from vent in Moments.Between(0, 1) from wind in Moments.Between(0, 12) from rate in Moments.Between(0.1, 3) from pad in Gen.Elements(0.0, 1.0) select (vent, wind, rate, pad)), c =>
        {
            var house = HouseParameters.SingleFilm with { Cooling = new CoolingParameters { FogRate = c.rate } };
            var outside = Night(45, 12, sky: 45) with { GroundTemperatureC = 45, WindSpeed = c.wind };
            var controls = new HouseControls { RoofVentLee = c.vent, RoofVentWind = c.vent, Fog = 1, PadFan = c.pad };
            var ratio = Humid.Ratio(0.12 * Humid.Saturated(45), outside.PressureHPa);
            var coldest = 99.0;
            var state = HouseState.Of(45, 12);
            var model = new HouseModel(house);
            for (var minute = 0; minute < 300; minute++)
            {
                model.Step(ref state, outside, controls, 60);
                coldest = Math.Min(coldest, state.TemperatureC);
            }

            return (coldest >= PadFan.WetBulb(45, ratio, outside.PressureHPa) - 1e-9 && coldest < 45).Label($"{coldest}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void At_45_degrees_shade_and_pads_keep_a_crop_alive_where_vents_alone_do_not()
    {
        var noon = new Outside(45, 12, 950, 3, 0, 0, 1000, 420) { SkyTemperatureC = 28, GroundTemperatureC = 22 };
        var start = HouseState.Of(32, 50) with { SoilTemperatureC = 25, SubsoilTemperatureC = 22 };

        var vents = new HouseMoment(HouseParameters.SingleFilm, start, noon, AllVents).After(4 * 3600);
        var pads = new HouseMoment(HouseParameters.SingleFilm, start, noon, new HouseControls { PadFan = 1, ShadeScreen = 1 }).After(4 * 3600);

        Assert.InRange(vents.TemperatureC, 40, 48);
        Assert.InRange(pads.TemperatureC, 26, 31);
    }

    [Fact]
    public void An_empty_tank_gives_no_water_and_its_float_valve_fills_it_no_further_than_it_holds()
    {
        var hot = new Outside(40, 15, 800, 2, 0, 0, 1000, 420);
        var all = new HouseControls { Fog = 1, Irrigation = 1, PadFan = 1, MainsCut = 1 };
        var dry = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(30, 50) with { TankLitres = 0 }, hot, all).After(600);
        var cut = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(30, 50) with { TankLitres = 1 }, hot, all).After(3600);
        var filled = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(30, 50) with { TankLitres = 0 }, hot, default).After(24 * 3600);

        Assert.Equal(0, dry.Meters.FogLitres + dry.Meters.IrrigationLitres + dry.Meters.PadLitres);
        Assert.Equal(1, cut.Meters.FogLitres + cut.Meters.IrrigationLitres + cut.Meters.PadLitres, 1e-9);
        Assert.Equal(0, cut.TankLitres, 1e-9);
        Assert.Equal(20, filled.TankLitres, 1e-9);
    }

    [Fact]
    public void Pipes_stay_below_their_limit_and_the_boiler_below_its_power()
    {
        var winter = Night(15, 60, sky: 5);
        var after = new HouseMoment(HouseParameters.SingleFilm with { Heating = new HeatingParameters { Power = 900 } }, HouseState.Of(20, 60), winter, new HouseControls { Heating = 1 }).After(12 * 3600);

        Assert.InRange(after.PipeTemperatureC, 85, 90);
        Assert.Equal(900, after.BoilerPower, 1e-6);
    }

    private static Outside Night(double temperature, double humidity, double sky) =>
        new(temperature, humidity, 0, 2, 0, 0, 1013.25, 420) { SkyTemperatureC = sky };
}
