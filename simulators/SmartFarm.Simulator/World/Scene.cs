using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Simulator.World;

/// <summary>What there is to measure at one moment.</summary>
/// <param name="Outside">The air outside.</param>
/// <param name="House">The house; null for a device that stands outside.</param>
/// <param name="Light">Share of outside light that reaches the device.</param>
internal readonly record struct Scene(Outside Outside, HouseState? House, double Light)
{
    public double TemperatureC => House?.TemperatureC ?? Outside.TemperatureC;

    public double RelativeHumidityPercent => House?.RelativeHumidityPercent ?? Outside.RelativeHumidityPercent;

    public double Co2Ppm => House?.Co2Ppm ?? Outside.Co2Ppm;

    public double SolarRadiation => Outside.SolarRadiation * Light;
}
