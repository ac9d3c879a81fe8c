using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Calibration;

/// <summary>State of a <see cref="SimpleHouse"/>.</summary>
/// <param name="TemperatureC">Air temperature, °C.</param>
/// <param name="Vapour">Water in the air, g/m³.</param>
public readonly record struct SimpleState(double TemperatureC, double Vapour)
{
    /// <summary>Relative humidity, %.</summary>
    public double RelativeHumidityPercent => 100 * Vapour / SimpleHouseModel.Saturated(TemperatureC);

    /// <summary>The state of a house at a temperature (°C) and relative humidity (%).</summary>
    public static SimpleState Of(double temperatureC, double relativeHumidityPercent) =>
        new(temperatureC, relativeHumidityPercent / 100 * SimpleHouseModel.Saturated(temperatureC));
}

/// <summary>
/// Heat and vapour balance of a <see cref="SimpleHouse"/>. Each has the form dy/dt = gain − rate·y and is solved exactly over a step with gain and rate held, so a step of any
/// length is stable; up to 2 minutes it is also exact enough. Pure and thread-safe.
/// </summary>
/// <param name="house">The house.</param>
public sealed class SimpleHouseModel(SimpleHouse house)
{
    private const double AirHeatCapacity = 1200;
    private const double LatentHeat = 2450;
    private const double Gravity = 9.81;

    /// <summary>Height of a vent opening, m, and factor of the wind on it. Vanthoor eq. 8.65.</summary>
    private const double VentHeight = 0.68;
    private const double WindFactor = 0.09;

    /// <summary>Share of the light that drawn screens let through: energy screen of Vanthoor table 8.1 (τ_PAR 0.6), blackout screen none.</summary>
    private const double EnergyScreenLight = 0.6;

    /// <summary>Vapour exchange with the cover where it condenses, m/s, and the cover's place between outside (0) and inside (1).</summary>
    private const double CoverConductance = 2e-3;
    private const double CoverPlace = 0.35;

    /// <summary>The state after a step.</summary>
    /// <param name="seconds">Length of the step, s.</param>
    public SimpleState Step(in SimpleState state, in HouseInputs inputs, double seconds)
    {
        var (temperature, vapour) = state;
        var outside = inputs.OutsideTemperatureC;
        var air = AirExchange(temperature, inputs);
        var open = (1 - (house.EnergyScreenSaving * inputs.EnergyScreen)) * (1 - (house.BlackoutScreenSaving * inputs.BlackoutScreen));
        var light = house.LightTransmission * inputs.Radiation * (1 - ((1 - EnergyScreenLight) * inputs.EnergyScreen)) * (1 - inputs.BlackoutScreen);
        var radiation = light + (house.LampHeat * inputs.Lamps);
        var saturated = Saturated(temperature);

        var canopy = vapour < saturated ? house.DeficitTranspiration : 0;
        var transpired = (house.RadiationTranspiration * radiation / LatentHeat) + (canopy * (saturated - vapour));
        var atCover = Saturated(outside + (CoverPlace * (temperature - outside)));
        var condensing = vapour > atCover ? CoverConductance * open : 0;

        var loss = (house.CoverLoss * open) + (AirHeatCapacity * air);
        var heat = radiation + inputs.Heat + (house.PipeExchange * Math.Max(0, inputs.PipeTemperatureC - temperature)) - (LatentHeat * transpired)
            + (house.GroundExchange * house.GroundTemperatureC) + (loss * outside);
        var warmer = Balance(temperature, heat, loss + house.GroundExchange, house.HeatCapacity, seconds);
        var wetter = Balance(
            vapour,
            (house.RadiationTranspiration * radiation / LatentHeat) + (canopy * saturated) + (condensing * atCover) + (air * inputs.OutsideVapour),
            canopy + condensing + air,
            house.Height,
            seconds);
        return new SimpleState(warmer, Math.Min(wetter, Saturated(warmer)));
    }

    /// <summary>Water in saturated air, g/m³. Beyond the range of the formula its last value holds, so that a fit may try any house.</summary>
    internal static double Saturated(double temperatureC) => Psychrometrics.AbsoluteHumidity(Math.Clamp(temperatureC, -60, 80), 100);

    /// <summary>Air exchanged with outside, m³ per m² of floor and second.</summary>
    private double AirExchange(double temperature, in HouseInputs inputs)
    {
        var mean = 273.15 + Math.Clamp((temperature + inputs.OutsideTemperatureC) / 2, -60, 80);
        var buoyancy = Gravity * VentHeight * Math.Abs(temperature - inputs.OutsideTemperatureC) / (2 * mean);
        return (house.Leakage * Math.Max(0.25, inputs.WindSpeed))
            + (inputs.Vent * house.VentArea * 0.75 / 2 * Math.Sqrt(buoyancy + (WindFactor * inputs.WindSpeed * inputs.WindSpeed)));
    }

    private static double Balance(double value, double gain, double rate, double capacity, double seconds)
    {
        var passed = rate * seconds / capacity;
        return passed < 1e-9 ? value + (gain * seconds / capacity) : (gain / rate) + ((value - (gain / rate)) * Math.Exp(-passed));
    }
}
