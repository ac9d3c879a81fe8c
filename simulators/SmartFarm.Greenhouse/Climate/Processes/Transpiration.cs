using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>Water from the leaves through their stomata, and dew on them. Stanghellini 1987 as in Vanthoor 2011 eq. 8.47 to 8.52.</summary>
internal static class Transpiration
{
    /// <summary>Radiation at which the night's coefficients pass into the day's, W/m². Vanthoor 2011 table 8.1, R_can,SP.</summary>
    private const double DayRadiation = 5;

    public static void AddTo(Span<Flow> flows, in Moment m, double radiation)
    {
        var state = m.State;
        var saturated = Humid.Saturated(state.CanopyTemperatureC);
        var deficit = saturated - Humid.VapourPressure(state.HumidityRatio, state.PressureHPa);
        var boundary = m.House.Crop.BoundaryResistance / Math.Sqrt(Convection.AirSpeed(m));

        // Dew needs no stomata; transpiration needs water in the root zone.
        var resistance = deficit < 0 ? boundary : boundary + (m.House.Crop.LeastStomatalResistance * Stomata(radiation, state.Co2Ppm, deficit));
        var share = deficit < 0 ? 1 : RootZone.Supply(m.House.RootZone, state.SoilMoisturePercent);

        // Eq. 8.48 with γ = c_p·P / (0.622·L).
        var perPascal = share * 2 * m.Fabric.AirDensity * m.Fabric.LeafArea * Humid.MolarRatio / (100 * state.PressureHPa * resistance);
        flows[(int)HouseFlow.Transpiration] = new Flow(
            Node.Canopy, Node.AirVapour, perPascal * deficit, perPascal * Humid.Slope(state.CanopyTemperatureC, saturated), perPascal * Humid.VapourPressureSlope(state.HumidityRatio, state.PressureHPa));
    }

    /// <summary>Resistance of the stomata over its least: by light, CO₂ and dryness. Eq. 8.50 to 8.52, with Stanghellini's limits.</summary>
    private static double Stomata(double radiation, double co2Ppm, double deficit)
    {
        var day = 1 / (1 + Math.Exp(DayRadiation - radiation));
        var byCo2 = 1.1e-11 + (day * (6.1e-7 - 1.1e-11));
        var byDeficit = 5.2e-6 + (day * (4.3e-6 - 5.2e-6));
        return (radiation + 4.3) / (radiation + 0.54)
            * Math.Min(1.5, 1 + (byCo2 * (co2Ppm - 200) * (co2Ppm - 200)))
            * Math.Min(5.8, 1 + (byDeficit * deficit * deficit));
    }
}
