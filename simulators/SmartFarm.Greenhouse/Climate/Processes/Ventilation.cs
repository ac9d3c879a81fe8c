using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>Flows of air, m³ m⁻² s⁻¹: from among the crop to outside, from above the screen to outside, and past the screen.</summary>
internal readonly record struct Ventilation(double Side, double Roof, double PastScreen)
{
    /// <summary>Half of the gaps lie above the screen. Vanthoor 2011 eq. 8.72 and 8.73.</summary>
    private const double UpperGaps = 0.5;

    public static Ventilation Of(in Moment m)
    {
        var (vents, outside, controls) = (m.House.Vents, m.Outside, m.Controls);
        var difference = Math.Abs(m.State.TemperatureC - outside.TemperatureC);
        var kelvin = Physics.Kelvin + ((m.State.TemperatureC + outside.TemperatureC) / 2);
        var buoyancy = Physics.Gravity * vents.RoofHeight * difference / (2 * kelvin);
        var wind = outside.WindSpeed * outside.WindSpeed;

        // Eq. 8.65 for each side of the roof, and eq. 8.67.
        var lee = vents.RoofArea / 2 * controls.RoofVentLee;
        var windward = vents.RoofArea / 2 * controls.RoofVentWind;
        var side = vents.SideArea * controls.SideVent;
        var throughRoof = vents.Discharge / 2 * ((lee * Math.Sqrt(buoyancy + (vents.LeeWindPressure * wind))) + (windward * Math.Sqrt(buoyancy + (vents.WindwardWindPressure * wind))));
        var throughSide = vents.Discharge / 2 * side * Math.Sqrt(vents.LeeWindPressure) * outside.WindSpeed;

        // Eq. 8.66: side and roof vents together make a chimney, which a drawn screen closes.
        var area = lee + windward + side;
        var chimneyArea = area > 0 ? (lee + windward) * side / Math.Sqrt(((lee + windward) * (lee + windward)) + (side * side)) : 0;
        var chimney = vents.Discharge * chimneyArea * Math.Sqrt(2 * Physics.Gravity * vents.ChimneyHeight * difference / kelvin) * (1 - controls.EnergyScreen);
        var alone = throughRoof + throughSide;
        var more = Math.Sqrt((alone * alone) + (chimney * chimney)) - alone;
        var roofShare = area > 0 ? (lee + windward) / area : 0;

        // Eq. 8.70 and 8.71.
        var net = vents.NetPorosity * (2 - vents.NetPorosity);
        var gaps = m.House.Cover.Leakage * Math.Max(0.25, outside.WindSpeed);
        return new Ventilation(
            (net * (throughSide + (more * (1 - roofShare)))) + ((1 - UpperGaps) * gaps),
            (net * (throughRoof + (more * roofShare))) + (UpperGaps * gaps),
            Screen(m));
    }

    public void AddTo(Span<Flow> flows, in Moment m)
    {
        var (state, outside) = (m.State, m.Outside);
        var heat = m.Fabric.AirDensity * Physics.AirSpecificHeat;
        var outsideRatio = Humid.Ratio(Humid.Saturated(outside.TemperatureC) * Math.Clamp(outside.RelativeHumidityPercent, 0, 100) / 100, outside.PressureHPa);
        flows[(int)HouseFlow.AirToTop] = Flow.Exchange(Node.Air, Node.Top, heat * PastScreen, state.TemperatureC, state.TopTemperatureC);
        flows[(int)HouseFlow.AirToOutside] = Flow.Exchange(Node.Air, Node.Around, heat * Side, state.TemperatureC, outside.TemperatureC);
        flows[(int)HouseFlow.TopToOutside] = Flow.Exchange(Node.Top, Node.Around, heat * Roof, state.TopTemperatureC, outside.TemperatureC);
        var vapour = m.Fabric.AirDensity;
        flows[(int)HouseFlow.VapourToTop] = Flow.Exchange(Node.AirVapour, Node.TopVapour, vapour * PastScreen, state.HumidityRatio, state.TopHumidityRatio);
        flows[(int)HouseFlow.VapourToOutside] = Flow.Exchange(Node.AirVapour, Node.Around, vapour * Side, state.HumidityRatio, outsideRatio);
        flows[(int)HouseFlow.TopVapourToOutside] = Flow.Exchange(Node.TopVapour, Node.Around, vapour * Roof, state.TopHumidityRatio, outsideRatio);
    }

    /// <summary>Air through the drawn part of the screen and through its gap. Vanthoor 2011 eq. 8.41, with the swirl that stays when both airs are alike.</summary>
    private static double Screen(in Moment m)
    {
        var (drawn, open) = (m.Controls.EnergyScreen, 1 - m.Controls.EnergyScreen);
        var difference = Math.Abs(m.State.TemperatureC - m.State.TopTemperatureC);
        var kelvin = Physics.Kelvin + ((m.State.TemperatureC + m.State.TopTemperatureC) / 2);
        var cubeRoot = Math.Cbrt(difference);
        return (drawn * m.House.EnergyScreen.AirFlow * cubeRoot * cubeRoot)
            + (open * Math.Sqrt(open * Physics.Gravity * difference / (2 * kelvin)))
            + (open * (m.House.Vents.Mixing + (m.House.Cooling.FanMixing * m.Controls.CirculationFan)));
    }
}
