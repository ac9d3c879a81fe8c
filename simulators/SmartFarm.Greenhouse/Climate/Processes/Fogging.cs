using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>
/// Fog takes its heat of evaporation from the air (Vanthoor 2011 eq. 8.64). The moister the air, the more of it falls before it has
/// evaporated: the share V/(V + V½) of the vapour pressure deficit V evaporates, so saturated air takes none.
/// </summary>
internal static class Fogging
{
    /// <param name="flows">The flows.</param>
    /// <param name="m">The moment.</param>
    /// <param name="nozzles">What the nozzles give, kg m⁻² s⁻¹.</param>
    public static void AddTo(Span<Flow> flows, in Moment m, double nozzles)
    {
        var state = m.State;
        var saturated = Humid.Saturated(state.TemperatureC);
        var deficit = Math.Max(0, saturated - Humid.VapourPressure(state.HumidityRatio, state.PressureHPa));
        var half = m.House.Cooling.FogHalfDeficit;
        var perPascal = nozzles * half / ((deficit + half) * (deficit + half));
        flows[(int)HouseFlow.FogEvaporation] = new Flow(
            Node.Air,
            Node.AirVapour,
            nozzles * deficit / (deficit + half),
            perPascal * Humid.Slope(state.TemperatureC, saturated),
            perPascal * Humid.VapourPressureSlope(state.HumidityRatio, state.PressureHPa)) { Least = 0, Most = nozzles };
    }
}
