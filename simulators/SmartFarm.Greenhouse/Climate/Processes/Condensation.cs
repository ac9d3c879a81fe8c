using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>Water that condenses under screen and cover, and as mist in saturated air. It runs off; what is wet does not dry into the air again.</summary>
internal static class Condensation
{
    /// <summary>Vapour that condenses for each heat transfer coefficient, kg K J⁻¹ Pa⁻¹: the analogy of Lewis. Vanthoor 2011 eq. 8.43.</summary>
    private const double Lewis = 6.4e-9;

    /// <summary>Time in which mist takes what saturated air cannot hold, s.</summary>
    private const double MistTime = 2;

    /// <summary>Share of saturation within which a step may reach it.</summary>
    private const double Near = 0.05;

    public static void AddTo(Span<Flow> flows, in Moment m)
    {
        var state = m.State;
        flows[(int)HouseFlow.ScreenCondensation] = On(Node.AirVapour, state.HumidityRatio, Node.Screen, state.ScreenTemperatureC, Lewis * Convection.AirToScreen(m), state.PressureHPa);
        flows[(int)HouseFlow.CoverCondensation] = On(Node.TopVapour, state.TopHumidityRatio, Node.CoverInner, state.CoverTemperatureC, Lewis * Convection.TopToCover(m), state.PressureHPa);
        flows[(int)HouseFlow.Mist] = Mist(m, Node.AirVapour, state.HumidityRatio, Node.Air, state.TemperatureC);
        flows[(int)HouseFlow.TopMist] = Mist(m, Node.TopVapour, state.TopHumidityRatio, Node.Top, state.TopTemperatureC);
    }

    private static Flow Mist(in Moment m, Node vapour, double ratio, Node air, double temperatureC)
    {
        var perPascal = m.Fabric.Capacities[(int)vapour] / MistTime / Humid.VapourPressureSlope(ratio, m.State.PressureHPa);
        return On(vapour, ratio, air, temperatureC, perPascal, m.State.PressureHPa);
    }

    /// <summary>What condenses when the air holds more than a surface allows at the end of the step; from air that is far from it, nothing.</summary>
    private static Flow On(Node vapour, double ratio, Node surface, double temperatureC, double perPascal, double pressureHPa)
    {
        var saturated = Humid.Saturated(temperatureC);
        var excess = Humid.VapourPressure(ratio, pressureHPa) - saturated;
        return excess <= -Near * saturated
            ? new Flow(vapour, surface, 0, 0, 0)
            : new Flow(vapour, surface, perPascal * excess, perPascal * Humid.VapourPressureSlope(ratio, pressureHPa), perPascal * Humid.Slope(temperatureC, saturated)) { Least = 0 };
    }
}
