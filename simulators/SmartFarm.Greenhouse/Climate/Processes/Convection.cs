using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>Heat that air takes from surfaces, and conduction within cover and soil. Vanthoor 2011 table 8.4; his exponent 0.33 is taken as one third.</summary>
internal static class Convection
{
    /// <summary>A screen that is drawn back still hangs in the air with this share of its area.</summary>
    private const double Bundle = 0.02;

    /// <summary>Air speed at the leaves over that of still air.</summary>
    public static double AirSpeed(in Moment m)
    {
        var cooling = m.House.Cooling;
        return 1 + (cooling.FanAirSpeed * m.Controls.CirculationFan / cooling.StillAirSpeed);
    }

    /// <summary>From the air to the energy screen, W m⁻² K⁻¹; half of the fabric's own resistance lies in the way.</summary>
    public static double AirToScreen(in Moment m) => Screen(m, m.State.TemperatureC - m.State.ScreenTemperatureC);

    /// <summary>From the air above the screen to the cover, W m⁻² K⁻¹.</summary>
    public static double TopToCover(in Moment m) => 1.86 * m.House.Cover.Area * Math.Cbrt(Math.Abs(m.State.TopTemperatureC - m.State.CoverTemperatureC));

    public static void AddTo(Span<Flow> flows, in Moment m)
    {
        var (fabric, state, outside) = (m.Fabric, m.State, m.Outside);

        // Twice 5 W m⁻² K⁻¹ for each leaf, in still air; it grows with the root of the air speed, as the boundary layer thins.
        var leaves = 10 * fabric.LeafArea * Math.Sqrt(AirSpeed(m));
        var pipes = 1.99 * fabric.PipeArea * Math.Pow(Math.Abs(state.PipeTemperatureC - state.TemperatureC), 0.32);
        var wind = m.House.Cover.Area * (2.8 + (1.2 * outside.WindSpeed));

        Add(flows, HouseFlow.CanopyToAir, Node.Canopy, Node.Air, leaves, state.CanopyTemperatureC, state.TemperatureC);
        Add(flows, HouseFlow.FloorToAir, Node.Floor, Node.Air, Floor(state.FloorTemperatureC - state.TemperatureC), state.FloorTemperatureC, state.TemperatureC);
        Add(flows, HouseFlow.PipeToAir, Node.Pipe, Node.Air, pipes, state.PipeTemperatureC, state.TemperatureC);
        Add(flows, HouseFlow.AirToScreen, Node.Air, Node.Screen, AirToScreen(m), state.TemperatureC, state.ScreenTemperatureC);
        Add(flows, HouseFlow.ScreenToTop, Node.Screen, Node.Top, Screen(m, state.ScreenTemperatureC - state.TopTemperatureC), state.ScreenTemperatureC, state.TopTemperatureC);
        Add(flows, HouseFlow.TopToCover, Node.Top, Node.CoverInner, TopToCover(m), state.TopTemperatureC, state.CoverTemperatureC);
        Add(flows, HouseFlow.CoverInnerToOuter, Node.CoverInner, Node.CoverOuter, fabric.CoverConductance, state.CoverTemperatureC, state.CoverOuterTemperatureC);
        Add(flows, HouseFlow.CoverToOutside, Node.CoverOuter, Node.Around, wind, state.CoverOuterTemperatureC, outside.TemperatureC);
        Add(flows, HouseFlow.FloorToSoil, Node.Floor, Node.Soil, fabric.FloorConductance, state.FloorTemperatureC, state.SoilTemperatureC);
        Add(flows, HouseFlow.SoilToSubsoil, Node.Soil, Node.Subsoil, fabric.SoilConductance, state.SoilTemperatureC, state.SubsoilTemperatureC);
        Add(flows, HouseFlow.SubsoilToGround, Node.Subsoil, Node.Around, fabric.GroundConductance, state.SubsoilTemperatureC, outside.GroundTemperatureC);
    }

    private static void Add(Span<Flow> flows, HouseFlow name, Node from, Node to, double conductance, double fromC, double toC) =>
        flows[(int)name] = Flow.Exchange(from, to, conductance, fromC, toC);

    private static double Floor(double difference) => difference > 0 ? 1.7 * Math.Cbrt(difference) : 1.3 * Math.Sqrt(Math.Sqrt(-difference));

    private static double Screen(in Moment m, double difference)
    {
        var convection = 1.7 * Math.Cbrt(Math.Abs(difference));
        return Math.Max(Bundle, m.Controls.EnergyScreen) * convection / (1 + (convection * m.House.EnergyScreen.Resistance / 2));
    }
}
