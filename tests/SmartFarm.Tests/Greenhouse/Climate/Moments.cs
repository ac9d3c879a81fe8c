using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Tests.Greenhouse.Climate;

/// <summary>A house at some moment, under some weather, with its actuators anywhere.</summary>
public sealed record HouseMoment(HouseParameters House, HouseState State, Outside Outside, HouseControls Controls)
{
    /// <summary>The state after a time, in steps.</summary>
    public HouseState After(double seconds, double step = 60)
    {
        var model = new HouseModel(House);
        var state = State;
        for (var t = 0.0; t < seconds; t += step)
        {
            model.Step(ref state, Outside, Controls, step);
        }

        return state;
    }
}

internal static class Moments
{
    private static readonly HouseParameters[] Presets =
        [HouseParameters.Glass, HouseParameters.SingleFilm, HouseParameters.DoubleFilm, HouseParameters.TripleFilm, HouseParameters.ThreeLayerKorean];

    /// <summary>Weather from −40 to 48 °C, any preset, actuators anywhere or at their ends, a house somewhere near the weather.</summary>
    public static Arbitrary<HouseMoment> Any => Arb.From(
        from house in Gen.Elements(Presets)
        from outside in Outsides
        from controls in Controls
        from warmer in Between(-5, 15)
        from humidity in Between(20, 100)
        from pipe in Between(0, 50)
        from moisture in Between(5, 50)
        from co2 in Between(100, 1500)
        from tank in Gen.Elements(0, 0.001, 20)
        select new HouseMoment(house, Inside(outside, warmer, humidity, pipe) with { SoilMoisturePercent = moisture, Co2Ppm = co2, TankLitres = tank }, outside, controls));

    /// <summary>The same on dry soil, where stomata, which open with light and cool the leaves, play no part.</summary>
    public static Arbitrary<HouseMoment> Dry => Arb.From(Any.Generator.Select(moment => moment with { State = moment.State with { SoilMoisturePercent = 5 }, Controls = moment.Controls with { Irrigation = 0 } }));

    /// <summary>A closed house on a hot dry day, where fog evaporates; in frost it would settle on something and warm it, and open vents answer to the cooler air.</summary>
    public static Arbitrary<HouseMoment> HotDry => Arb.From(
        from moment in Any.Generator
        from temperature in Between(25, 48)
        from humidity in Between(8, 35)
        let outside = moment.Outside with { TemperatureC = temperature, RelativeHumidityPercent = humidity, SkyTemperatureC = temperature - 10 }
        select moment with { Outside = outside, State = Inside(outside, 0, 40, 0), Controls = new HouseControls { Fog = moment.Controls.Fog } });

    /// <summary>The daytime of a mild climate, with open screens over a crop that is well and watered.</summary>
    public static Arbitrary<HouseMoment> MildDay => Arb.From(
        from moment in Any.Generator
        from temperature in Between(8, 24)
        from sun in Between(100, 700)
        let outside = moment.Outside with { TemperatureC = temperature, SolarRadiation = sun, SkyTemperatureC = temperature - 10 }
        select moment with { Outside = outside, State = Inside(outside, 2, 70, 0) with { SoilMoisturePercent = 33 }, Controls = new HouseControls { RoofVentLee = moment.Controls.RoofVentLee } });

    private static Gen<Outside> Outsides =>
        from temperature in Between(-40, 48)
        from humidity in Between(5, 100)
        from sun in Gen.OneOf(Gen.Constant(0.0), Between(0, 1150))
        from wind in Gen.OneOf(Gen.Constant(0.0), Between(0, 30))
        from sky in Between(5, 30)
        from pressure in Between(800, 1040)
        select new Outside(temperature, humidity, sun, wind, 0, 0, pressure, 420) { SkyTemperatureC = temperature - sky, GroundTemperatureC = Math.Clamp(temperature, -5, 28) };

    private static Gen<HouseControls> Controls =>
        from c in Gen.ArrayOf(Gen.OneOf(Gen.Elements(0.0, 1.0), Between(0, 1)), 13)
        select new HouseControls
        {
            RoofVentLee = c[0], RoofVentWind = c[1], SideVent = c[2], EnergyScreen = c[3], ShadeScreen = c[4], Heating = c[5], Fog = c[6], PadFan = c[7], Co2 = c[8], Lamps = c[9],
            Irrigation = c[10], CirculationFan = c[11], MainsCut = c[12],
        };

    public static Gen<double> Between(double from, double to) => Gen.Choose(0, 1_000_000).Select(i => from + ((to - from) * i / 1_000_000));

    private static HouseState Inside(Outside outside, double warmer, double humidity, double pipe)
    {
        var air = Math.Clamp(outside.TemperatureC + warmer, -40, 60);
        return HouseState.Of(air, humidity) with
        {
            CoverTemperatureC = outside.TemperatureC + (warmer / 2),
            CoverOuterTemperatureC = outside.TemperatureC,
            PipeTemperatureC = air + pipe,
            SoilTemperatureC = Math.Clamp(air, 0, 30),
            SubsoilTemperatureC = outside.GroundTemperatureC,
        };
    }
}
