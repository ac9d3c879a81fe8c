using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>The state of a house: one air volume over one root zone.</summary>
/// <param name="TemperatureC">Air temperature, °C.</param>
/// <param name="AbsoluteHumidity">Water in the air, g/m³.</param>
/// <param name="Co2Ppm">Carbon dioxide, ppm.</param>
/// <param name="SoilMoisturePercent">Water content of the root zone by volume, %.</param>
/// <param name="SoilTemperatureC">Temperature of the root zone, °C.</param>
public readonly record struct HouseState(double TemperatureC, double AbsoluteHumidity, double Co2Ppm, double SoilMoisturePercent, double SoilTemperatureC)
{
    /// <summary>Relative humidity of the air, %.</summary>
    public double RelativeHumidityPercent => Psychrometrics.RelativeHumidity(TemperatureC, AbsoluteHumidity);

    /// <summary>A house at a temperature and humidity, with moist soil and the CO₂ of fresh air.</summary>
    public static HouseState Of(double temperatureC, double relativeHumidityPercent) =>
        new(temperatureC, Psychrometrics.AbsoluteHumidity(temperatureC, relativeHumidityPercent), 420, 32, temperatureC);
}
