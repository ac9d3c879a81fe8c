using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Climate.Balances;
using Xunit;
using static SmartFarm.Greenhouse.Climate.HouseFlow;

namespace SmartFarm.Tests.Greenhouse.Climate;

/// <summary>What is stored is what came less what went: to 1e-9 of what moved, at any moment, for steps of 1 to 60 s. The flows of each balance are written out here anew.</summary>
public sealed class The_balances_of_a_house_close
{
    private const double Evaporation = 2.45e6;

    [Fact]
    public void Heat_of_every_part() => Check(step =>
    [
        step.Heat(Node.Air, s => s.TemperatureC, [SunToAir, LampsToAir, BoilerToAir, FansToAir, CanopyToAir, FloorToAir, PipeToAir], [AirToScreen, AirToTop, AirToOutside, AirToPadFan], [Mist], [FogEvaporation]),
        step.Heat(Node.Top, s => s.TopTemperatureC, [AirToTop, ScreenToTop], [TopToCover, TopToOutside], [TopMist], []),
        step.Heat(Node.Canopy, s => s.CanopyTemperatureC, [SunToCanopy, LampsToCanopy, PipeToCanopy], [CanopyToCover, CanopyToSky, CanopyToScreen, CanopyToFloor, CanopyToAir], [], [Transpiration]),
        step.Heat(Node.Screen, s => s.ScreenTemperatureC, [SunToScreen, CanopyToScreen, PipeToScreen, FloorToScreen, AirToScreen], [ScreenToCover, ScreenToSky, ScreenToTop], [ScreenCondensation], []),
        step.Heat(Node.CoverInner, s => s.CoverTemperatureC, [CanopyToCover, PipeToCover, FloorToCover, ScreenToCover, TopToCover], [CoverInnerToOuter], [CoverCondensation], []),
        step.Heat(Node.CoverOuter, s => s.CoverOuterTemperatureC, [SunToCover, CoverInnerToOuter], [CoverToSky, CoverToOutside], [], []),
        step.Heat(Node.Pipe, s => s.PipeTemperatureC, [BoilerToPipe], [PipeToCanopy, PipeToCover, PipeToSky, PipeToScreen, PipeToFloor, PipeToAir], [], []),
        step.Heat(Node.Floor, s => s.FloorTemperatureC, [SunToFloor, LampsToFloor, CanopyToFloor, PipeToFloor], [FloorToCover, FloorToSky, FloorToScreen, FloorToAir, FloorToSoil], [], []),
        step.Heat(Node.Soil, s => s.SoilTemperatureC, [FloorToSoil], [SoilToSubsoil], [], []),
        step.Heat(Node.Subsoil, s => s.SubsoilTemperatureC, [SoilToSubsoil], [SubsoilToGround], [], []),
    ]);

    [Fact]
    public void Energy_of_the_whole_house_with_the_heat_in_its_vapour() => Check(step =>
    [
        step.Balance(
            "energy",
            s => step.Stored(s),
            [SunToAir, SunToCanopy, SunToScreen, SunToCover, SunToFloor, LampPower, BoilerToPipe, BoilerToAir, FansToAir],
            [CanopyToSky, PipeToSky, FloorToSky, ScreenToSky, CoverToSky, CoverToOutside, SubsoilToGround, AirToOutside, TopToOutside, AirToPadFan],
            [],
            [VapourToOutside, TopVapourToOutside, VapourToPadFan]),
    ]);

    [Fact]
    public void Sunlight() => Check(step => [step.Balance("sun", _ => 0, [HouseFlow.Sun], [SunReflected, SunToShade, SunToCover, SunToScreen, SunToAir, SunToCanopy, SunToFloor])]);

    [Fact]
    public void Vapour_below_and_above_the_screen() => Check(step =>
    [
        step.Balance(
            "vapour",
            s => step.Capacity(Node.AirVapour) * s.HumidityRatio,
            [Transpiration, FogEvaporation],
            [VapourToTop, VapourToOutside, VapourToPadFan, ScreenCondensation, Mist]),
        step.Balance("top vapour", s => step.Capacity(Node.TopVapour) * s.TopHumidityRatio, [VapourToTop], [TopVapourToOutside, CoverCondensation, TopMist]),
    ]);

    [Fact]
    public void Water_of_root_zone_and_tank() => Check(step =>
    [
        step.Balance("root zone", s => 10 * step.Moment.House.RootZone.Depth * s.SoilMoisturePercent, [Irrigation], [WaterTaken, Drain]),
        step.Balance("tank", s => s.TankLitres, [Mains], [Irrigation, FogNozzles, PadWater]),
    ]);

    [Fact]
    public void Carbon_dioxide() => Check(step =>
    [
        step.Balance(
            "CO2",
            s => ((s.Co2Ppm * step.Moment.House.AirHeight) + (s.TopCo2Ppm * step.Moment.House.TopHeight)) / 0.554,
            [Co2Dosed],
            [Co2Uptake, Co2ToOutside]),
    ]);

    [Fact]
    public void Salts() => Check(step =>
    [
        step.Balance("salts", s => s.SaltGram, [SaltIn], [SaltTaken, SaltOut]),
        step.Near("conductivity", step.After.SubstrateEc * 0.64 * 10 * step.Moment.House.RootZone.Depth * step.After.SoilMoisturePercent, step.After.SaltGram),
    ]);

    [Fact]
    public void Meters_are_the_sums_of_the_flows() => Check(step =>
    [
        step.Balance("mains", s => s.Meters.MainsLitres, [Mains], []),
        step.Balance("irrigation", s => s.Meters.IrrigationLitres, [Irrigation], []),
        step.Balance("transpired", s => s.Meters.TranspiredLitres, [WaterTaken], []),
        step.Balance("drain", s => s.DrainLitres, [Drain], []),
        step.Balance("condensed", s => s.Meters.CondensedLitres, [ScreenCondensation, CoverCondensation, Mist, TopMist], []),
        step.Balance("heat", s => s.Meters.HeatMegajoules * 1e6, [BoilerToPipe, BoilerToAir], []),
        step.Balance("lamps", s => s.Meters.LampMegajoules * 1e6, [LampsToAir, LampsToCanopy, LampsToFloor], []),
        step.Balance("CO2", s => s.Meters.Co2Gram * 1000, [Co2Dosed], []),
    ]);

    private static void Check(Func<HouseStep, string?[]> balances)
    {
        Prop.ForAll(Moments.Any, Arb.From(Gen.Elements(1.0, 7.0, 10.0, 60.0)), (moment, seconds) =>
        {
            var wrong = string.Join("; ", balances(new HouseStep(moment, seconds)).OfType<string>());
            return (wrong.Length == 0).Label(wrong);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private sealed class HouseStep
    {
        private readonly Fabric _fabric;
        private readonly HouseFluxes _flows;
        private readonly double _seconds;

        public HouseStep(HouseMoment moment, double seconds)
        {
            (Moment, _seconds, _fabric) = (moment, seconds, new Fabric(moment.House));
            var after = moment.State;
            new HouseModel(moment.House).Step(ref after, moment.Outside, moment.Controls, seconds, out _flows);
            After = after;
        }

        public HouseMoment Moment { get; }

        public HouseState After { get; }

        public double Capacity(Node node) => _fabric.Capacities[(int)node];

        public string? Heat(Node node, Func<HouseState, double> temperature, HouseFlow[] gains, HouseFlow[] losses, HouseFlow[] condensing, HouseFlow[] evaporating) =>
            Balance(node.ToString(), s => Capacity(node) * temperature(s), gains, losses, condensing, evaporating);

        public double Stored(HouseState s) =>
            (Capacity(Node.Air) * s.TemperatureC) + (Capacity(Node.Top) * s.TopTemperatureC) + (Capacity(Node.Canopy) * s.CanopyTemperatureC) + (Capacity(Node.Screen) * s.ScreenTemperatureC)
            + (Capacity(Node.CoverInner) * s.CoverTemperatureC) + (Capacity(Node.CoverOuter) * s.CoverOuterTemperatureC) + (Capacity(Node.Pipe) * s.PipeTemperatureC)
            + (Capacity(Node.Floor) * s.FloorTemperatureC) + (Capacity(Node.Soil) * s.SoilTemperatureC) + (Capacity(Node.Subsoil) * s.SubsoilTemperatureC)
            + (Evaporation * ((Capacity(Node.AirVapour) * s.HumidityRatio) + (Capacity(Node.TopVapour) * s.TopHumidityRatio)));

        /// <summary>Null when what is stored has grown by gains less losses.</summary>
        public string? Balance(string name, Func<HouseState, double> stored, HouseFlow[] gains, HouseFlow[] losses, HouseFlow[]? latentGains = null, HouseFlow[]? latentLosses = null)
        {
            var change = stored(After) - stored(Moment.State);
            var gained = Sum(gains) + (Evaporation * Sum(latentGains ?? []));
            var lost = Sum(losses) + (Evaporation * Sum(latentLosses ?? []));
            var moved = _seconds * (Size(gains) + Size(losses) + (Evaporation * (Size(latentGains ?? []) + Size(latentLosses ?? []))));
            var error = change - (_seconds * (gained - lost));
            var digits = 4e-16 * (Math.Abs(stored(After)) + Math.Abs(stored(Moment.State)));
            return Math.Abs(error) <= (1e-9 * moved) + digits ? null : $"{name}: off by {error} of {moved}";
        }

        public string? Near(string name, double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Abs(b) ? null : $"{name}: {a} is not {b}";

        private double Sum(HouseFlow[] flows) => flows.Sum(flow => _flows[flow]);

        private double Size(HouseFlow[] flows) => flows.Sum(flow => Math.Abs(_flows[flow]));
    }
}
