using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Simulator.World;

/// <summary>What there is to measure at one moment.</summary>
/// <param name="Outside">The air outside.</param>
/// <param name="House">The house; null for a device that stands outside.</param>
internal readonly record struct Scene(Outside Outside, HouseState? House)
{
    /// <summary>Photons per joule of sunlight, µmol/J: mean of all measured rows above 50 W/m² of AGC2022.</summary>
    private const double PhotonsPerJoule = 1.99;

    public double TemperatureC => House?.TemperatureC ?? Outside.TemperatureC;

    public double RelativeHumidityPercent => House?.RelativeHumidityPercent ?? Outside.RelativeHumidityPercent;

    public double Co2Ppm => House?.Co2Ppm ?? Outside.Co2Ppm;

    public double SolarRadiation => House?.SolarRadiation ?? Outside.SolarRadiation;

    public double Ppfd => House?.Ppfd ?? (Outside.SolarRadiation * PhotonsPerJoule);
}
