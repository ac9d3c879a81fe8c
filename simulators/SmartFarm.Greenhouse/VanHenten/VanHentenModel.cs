namespace SmartFarm.Greenhouse.VanHenten;

/// <summary>
/// The lettuce greenhouse of E.J. van Henten, thesis Wageningen 1994 and Biosystems Engineering 85(3), 2003, p. 355: crop, CO₂, heat and vapour per m² of floor.
/// Pure and thread-safe.
/// </summary>
/// <param name="parameters">The constants.</param>
public sealed class VanHentenModel(VanHentenParameters parameters)
{
    /// <summary>The constants.</summary>
    public VanHentenParameters Parameters => parameters;

    /// <summary>The rates of change dx/dt, per second.</summary>
    public VanHentenState Derivative(in VanHentenState x, in VanHentenControls u, in VanHentenWeather d)
    {
        var p = parameters;
        var canopy = 1 - Math.Exp(-p.CanopyPerMass * x.DryMass);
        var photosynthesis = canopy * LeafUptake(x, d);
        var respiration = x.DryMass * Math.Pow(2, (0.1 * x.TemperatureC) - 2.5);
        var vents = u.Ventilation * 1e-3;
        var exchange = vents + p.Leakage;
        var atLeaf = p.VapourPressure / (p.GasConstant * (x.TemperatureC + 273.15)) * Math.Exp(p.VapourExponent * x.TemperatureC / (x.TemperatureC + p.VapourOffset));
        var transpiration = canopy * p.CanopyTransfer * (atLeaf - x.Humidity);
        return new VanHentenState(
            (p.Yield * photosynthesis) - (p.RespirationOfMass * respiration),
            (-photosynthesis + (p.RespirationOfCo2 * respiration) + (u.Co2 * 1e-6) - (exchange * (x.Co2 - d.Co2))) / p.Co2Capacity,
            (u.Heating - (((p.AirHeatCapacity * vents) + p.CoverLoss) * (x.TemperatureC - d.TemperatureC)) + (p.SolarGain * d.Radiation)) / p.HeatCapacity,
            (transpiration - (exchange * (x.Humidity - d.Humidity))) / p.HumidityCapacity);
    }

    /// <summary>The state after a step: classic Runge-Kutta of 4th order in equal sub-steps, controls and weather held.</summary>
    /// <param name="seconds">Length of the step, s.</param>
    /// <param name="substeps">
    /// Sub-steps, at least 1. At full vents the fastest time constant is 369 s, and the method diverges beyond 2.78 time constants: 450 s is the reference, 1800 s diverges.
    /// </param>
    public VanHentenState Step(VanHentenState x, in VanHentenControls u, in VanHentenWeather d, double seconds, int substeps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(substeps, 1);
        var h = seconds / substeps;
        for (var i = 0; i < substeps; i++)
        {
            var k1 = Derivative(x, u, d);
            var k2 = Derivative(x.Along(k1, h / 2), u, d);
            var k3 = Derivative(x.Along(k2, h / 2), u, d);
            var k4 = Derivative(x.Along(k3, h), u, d);
            x = x.Along(k1, h / 6).Along(k2, h / 3).Along(k3, h / 3).Along(k4, h / 6);
        }

        return x;
    }

    /// <summary>
    /// CO₂ taken up by a full canopy, kg m⁻² s⁻¹: published for light, conductance and CO₂ above the compensation point all positive, and 0 where one is not.
    /// There, below 2.925 °C and above 42.085 °C above all, the published quotient is negative or passes a pole.
    /// </summary>
    private double LeafUptake(in VanHentenState x, in VanHentenWeather d)
    {
        var p = parameters;
        var light = p.LightUse * d.Radiation;
        var conductance = (-p.Conductance1 * x.TemperatureC * x.TemperatureC) + (p.Conductance2 * x.TemperatureC) - p.Conductance3;
        var above = x.Co2 - p.CompensationPoint;
        return light > 0 && conductance > 0 && above > 0 ? light * conductance * above / (light + (conductance * above)) : 0;
    }
}
