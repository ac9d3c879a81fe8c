using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>Fans draw air in through wet pads, where it cools towards its wet bulb and takes up the water. Vanthoor 2011 eq. 8.58 to 8.62.</summary>
/// <param name="Flow">Air, m³ m⁻² s⁻¹.</param>
/// <param name="TemperatureC">Of the air behind the pads.</param>
/// <param name="HumidityRatio">Of the air behind the pads.</param>
/// <param name="Water">Water that it takes from the pads, kg m⁻² s⁻¹.</param>
internal readonly record struct PadFan(double Flow, double TemperatureC, double HumidityRatio, double Water)
{
    /// <summary>Below this the water of the pads is shut off, °C.</summary>
    private const double FrostGuard = 5;

    /// <summary>The pads with as much of their water as there is, 0 to 1.</summary>
    public static PadFan Of(in Moment m, double supply)
    {
        var outside = m.Outside;
        var flow = m.House.Cooling.PadFlow * m.Controls.PadFan;
        var ratio = Humid.Ratio(Humid.Saturated(outside.TemperatureC) * Math.Clamp(outside.RelativeHumidityPercent, 0, 100) / 100, outside.PressureHPa);
        if (flow <= 0 || outside.TemperatureC < FrostGuard)
        {
            return new PadFan(flow, outside.TemperatureC, ratio, 0);
        }

        var cooling = supply * m.House.Cooling.PadEfficiency * (outside.TemperatureC - WetBulb(outside.TemperatureC, ratio, outside.PressureHPa));
        var taken = cooling * Physics.AirSpecificHeat / Physics.Evaporation;
        return new PadFan(flow, outside.TemperatureC - cooling, ratio + taken, m.Fabric.AirDensity * flow * taken);
    }

    public void AddTo(Span<Flow> flows, in Moment m)
    {
        var mass = m.Fabric.AirDensity * Flow;
        flows[(int)HouseFlow.AirToPadFan] = Balances.Flow.Exchange(Node.Air, Node.Around, mass * Physics.AirSpecificHeat, m.State.TemperatureC, TemperatureC);
        flows[(int)HouseFlow.VapourToPadFan] = Balances.Flow.Exchange(Node.AirVapour, Node.Around, mass, m.State.HumidityRatio, HumidityRatio);
    }

    /// <summary>
    /// Temperature at which evaporation saturates air without heat from elsewhere, °C: c_p·(T − T_w) = L·(w_s(T_w) − w). Newton's method from
    /// above, where the function is convex: it comes down to the root and stays above it.
    /// </summary>
    public static double WetBulb(double temperatureC, double ratio, double pressureHPa)
    {
        var wet = temperatureC;
        for (var i = 0; i < 6; i++)
        {
            var saturated = Humid.Saturated(wet);
            var wetRatio = Humid.Ratio(saturated, pressureHPa);
            var excess = (Physics.Evaporation * (wetRatio - ratio)) - (Physics.AirSpecificHeat * (temperatureC - wet));
            var slope = (Physics.Evaporation * Humid.Slope(wet, saturated) / Humid.VapourPressureSlope(wetRatio, pressureHPa)) + Physics.AirSpecificHeat;
            wet -= excess / slope;
        }

        return wet;
    }
}
