using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Climate;
using Xunit;

namespace SmartFarm.Tests.Greenhouse.Climate;

/// <summary>More of one thing, all else alike: the answer after some minutes goes the right way.</summary>
public sealed class A_house_responds_as_a_house_must
{
    [Fact]
    public void More_heating_is_warmer() => Compare(Moments.Any, (m, more) => m with { Controls = m.Controls with { Heating = m.Controls.Heating + more } }, s => s.TemperatureC, +1);

    [Fact]
    public void More_sun_is_warmer() => Compare(Moments.Dry, (m, more) => m with { Outside = m.Outside with { SolarRadiation = m.Outside.SolarRadiation + (500 * more) } }, s => s.CanopyTemperatureC + s.FloorTemperatureC, +1);

    /// <summary>Where nothing evaporates: pads are wetted above 5 °C only, and fog and crop give off more water to air that is warmer, and cool it.</summary>
    [Fact]
    public void A_warmer_outside_is_warmer() => Compare(
        Moments.Dry,
        (m, more) => m with { Controls = m.Controls with { PadFan = 0, Fog = 0 }, Outside = m.Outside with { TemperatureC = m.Outside.TemperatureC + (5 * more) } },
        s => s.TemperatureC,
        +1);

    [Fact]
    public void A_warmer_sky_is_warmer() => Compare(Moments.Any, (m, more) => m with { Outside = m.Outside with { SkyTemperatureC = m.Outside.SkyTemperatureC + (20 * more) } }, s => s.CoverTemperatureC, +1);

    [Fact]
    public void More_lamps_are_warmer_and_brighter()
    {
        Compare(Moments.Dry, (m, more) => m with { Controls = m.Controls with { Lamps = m.Controls.Lamps + more } }, s => s.CanopyTemperatureC, +1);
        Compare(Moments.Any, (m, more) => m with { Controls = m.Controls with { Lamps = m.Controls.Lamps + more } }, s => s.Ppfd, +1);
    }

    [Fact]
    public void More_fog_is_cooler_and_moister()
    {
        Compare(Moments.HotDry, (m, more) => m with { Controls = m.Controls with { Fog = m.Controls.Fog + more } }, s => s.TemperatureC, -1);
        Compare(Moments.HotDry, (m, more) => m with { Controls = m.Controls with { Fog = m.Controls.Fog + more } }, s => s.RelativeHumidityPercent, +1);
    }

    [Fact]
    public void More_shade_is_darker() => Compare(Moments.Any, (m, more) => m with { Controls = m.Controls with { ShadeScreen = m.Controls.ShadeScreen + more } }, s => s.SolarRadiation, -1);

    [Fact]
    public void A_screen_drawn_further_is_darker() => Compare(Moments.Any, (m, more) => m with { Controls = m.Controls with { EnergyScreen = m.Controls.EnergyScreen + more } }, s => s.SolarRadiation, -1);

    [Fact]
    public void More_dust_is_darker() => Compare(Moments.Any, (m, more) => m with { State = m.State with { DustShare = 0.3 * more } }, s => s.SolarRadiation, -1);

    [Fact]
    public void More_sun_takes_more_CO2() =>
        Compare(Moments.MildDay, (m, more) => m with { Outside = m.Outside with { SolarRadiation = m.Outside.SolarRadiation + (300 * more) } }, s => s.Meters.AssimilatedCo2Gram, +1);

    [Fact]
    public void More_CO2_feeds_the_crop_more() =>
        Compare(Moments.MildDay, (m, more) => m with { State = m.State with { Co2Ppm = m.State.Co2Ppm + (600 * more) } }, s => s.Meters.AssimilatedCo2Gram, +1);

    [Fact]
    public void More_dosing_is_more_CO2() => Compare(Moments.Any, (m, more) => m with { Controls = m.Controls with { Co2 = m.Controls.Co2 + more } }, s => s.Co2Ppm, +1);

    [Fact]
    public void More_drip_is_wetter_soil() =>
        Compare(Moments.Any, (m, more) => m with { State = m.State with { TankLitres = 20 }, Controls = m.Controls with { Irrigation = m.Controls.Irrigation + more } }, s => s.SoilMoisturePercent, +1);

    [Fact]
    public void Wider_vents_exchange_more_air()
    {
        Prop.ForAll(Moments.Any, moment =>
        {
            var (little, wide) = (moment.Controls, moment.Controls with { RoofVentLee = 1, RoofVentWind = 1, SideVent = 1 });
            var (a, b) = (Flows(moment with { Controls = little }), Flows(moment with { Controls = wide }));
            return b[HouseFlow.AirExchange] >= a[HouseFlow.AirExchange] - 1e-12;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Wider_vents_cool_a_house_that_is_warmer_than_outside()
    {
        Prop.ForAll(Moments.Dry, moment =>
        {
            var shut = moment with { Controls = default };
            var closed = shut.After(600);
            var open = (shut with { Controls = new HouseControls { RoofVentLee = 1, RoofVentWind = 1, SideVent = 1 } }).After(600);
            return (moment.State.TemperatureC <= moment.Outside.TemperatureC + 1 || closed.TemperatureC <= moment.Outside.TemperatureC + 1 || open.TemperatureC <= closed.TemperatureC)
                .Label($"{closed.TemperatureC} → {open.TemperatureC}");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_drawn_energy_screen_keeps_a_winter_night_out()
    {
        Prop.ForAll(Moments.Any, moment =>
        {
            var night = moment with
            {
                Outside = moment.Outside with { TemperatureC = -15, SkyTemperatureC = -30, SolarRadiation = 0 },
                State = HouseState.Of(15, 70),
                Controls = new HouseControls { Heating = 0.5 },
            };
            var screened = night with { Controls = night.Controls with { EnergyScreen = 1 } };
            return screened.After(4 * 3600).TemperatureC > night.After(4 * 3600).TemperatureC + 2;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void Soil_that_is_not_watered_dries_and_then_the_crop_stops_drinking_and_heats_up()
    {
        var moist = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(34, 40), new(34, 25, 700, 3, 0, 0, 1013, 420), new HouseControls { RoofVentLee = 1 });
        var dry = moist with { State = moist.State with { SoilMoisturePercent = 12 } };

        Assert.True(moist.After(3600).SoilMoisturePercent < moist.State.SoilMoisturePercent);
        Assert.Equal(12, dry.After(3600).SoilMoisturePercent);
        Assert.True(dry.After(3600).CanopyTemperatureC > moist.After(3600).CanopyTemperatureC + 3);
    }

    [Fact]
    public void Salts_gather_where_nothing_drains_and_are_washed_out_where_it_does()
    {
        var day = new HouseMoment(HouseParameters.SingleFilm, HouseState.Of(25, 60) with { SoilMoisturePercent = 34, SaltGram = 136 }, new(25, 50, 500, 3, 0, 0, 1013, 420), new HouseControls { RoofVentLee = 1 });

        var without = day.After(24 * 3600);
        var washed = (day with { State = without, Controls = day.Controls with { Irrigation = 1 } }).After(24 * 3600);

        Assert.True(without.SubstrateEc > 2.6, $"{without.SubstrateEc}");
        Assert.InRange(washed.SubstrateEc, 1.9, 2.2);
        Assert.True(washed.DrainLitres > 50);
    }

    private static HouseFluxes Flows(HouseMoment moment)
    {
        var state = moment.State;
        new HouseModel(moment.House).Step(ref state, moment.Outside, moment.Controls, 1, out var flows);
        return flows;
    }

    private static void Compare(Arbitrary<HouseMoment> moments, Func<HouseMoment, double, HouseMoment> change, Func<HouseState, double> output, int sign)
    {
        Prop.ForAll(moments, moment =>
        {
            var before = output(change(moment, 0).After(300));
            var after = output(change(moment, 0.5).After(300));
            return (sign * (after - before) >= -1e-9).Label($"{before} → {after}");
        }).QuickCheckThrowOnFailure();
    }
}
