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

    /// <summary>A house with what its water meters see.</summary>
    /// <param name="house">The house.</param>
    /// <param name="areaM2">Its floor.</param>
    public static Scene Of(House house, double areaM2) => new(house.Outside, house.State)
    {
        DripLitresPerMinute = house.Fluxes[HouseFlow.Irrigation] * 60 * areaM2,
        FeedEc = house.Model.Parameters.RootZone.FeedEc,
        TankPercent = 100 * house.State.TankLitres / house.Model.Parameters.RootZone.TankVolume,
    };

    /// <summary>Flow in the pipe of the drip.</summary>
    public double DripLitresPerMinute { get; init; }

    /// <summary>Conductivity of the drip water.</summary>
    public double FeedEc { get; init; }

    /// <summary>How full the tank is.</summary>
    public double TankPercent { get; init; }

    public double TemperatureC => House?.TemperatureC ?? Outside.TemperatureC;

    public double RelativeHumidityPercent => House?.RelativeHumidityPercent ?? Outside.RelativeHumidityPercent;

    public double Co2Ppm => House?.Co2Ppm ?? Outside.Co2Ppm;

    public double SolarRadiation => House?.SolarRadiation ?? Outside.SolarRadiation;

    public double Ppfd => House?.Ppfd ?? (Outside.SolarRadiation * PhotonsPerJoule);
}
