namespace SmartFarm.Greenhouse.Weather;

/// <summary>The air outside at one moment.</summary>
/// <param name="TemperatureC">Air temperature, °C.</param>
/// <param name="RelativeHumidityPercent">Relative humidity, %.</param>
/// <param name="SolarRadiation">Global radiation, W/m².</param>
/// <param name="WindSpeed">Mean wind speed, m/s.</param>
/// <param name="WindDirection">Direction the wind comes from, degrees from north.</param>
/// <param name="RainRate">Rain, mm/h.</param>
/// <param name="PressureHPa">Air pressure at the station, hPa.</param>
/// <param name="Co2Ppm">Carbon dioxide, ppm.</param>
public readonly record struct Outside(
    double TemperatureC,
    double RelativeHumidityPercent,
    double SolarRadiation,
    double WindSpeed,
    double WindDirection,
    double RainRate,
    double PressureHPa,
    double Co2Ppm);
