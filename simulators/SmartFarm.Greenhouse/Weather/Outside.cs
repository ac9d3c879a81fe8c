namespace SmartFarm.Greenhouse.Weather;

/// <summary>The air and the sky outside at one moment.</summary>
/// <param name="TemperatureC">Air temperature, °C.</param>
/// <param name="RelativeHumidityPercent">Relative humidity over water, %.</param>
/// <param name="SolarRadiation">Global radiation on the level, W/m².</param>
/// <param name="WindSpeed">Mean wind speed, m/s.</param>
/// <param name="WindDirection">Direction the wind comes from, degrees from north.</param>
/// <param name="RainRate">Rain, mm/h; snow does not count.</param>
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
    double Co2Ppm)
{
    /// <summary>Temperature of the black body that radiates downwards as the sky does, °C. Unless set, that of a clear sky of this air temperature.</summary>
    public double SkyTemperatureC { get; init; } = Sky.ClearTemperature(TemperatureC);

    /// <summary>Temperature of the ground a metre down, which follows the year with a lag, °C. Unless set, that of the air.</summary>
    public double GroundTemperatureC { get; init; } = TemperatureC;

    /// <summary>Highest wind of the last minutes, m/s. Unless set, one and a half times the mean.</summary>
    public double WindGust { get; init; } = 1.5 * WindSpeed;

    /// <summary>Snow, mm/h of melted water.</summary>
    public double SnowRate { get; init; }

    /// <summary>Dust that settles on a cover: share of its light that a clean cover loses per hour. See <see cref="CoverDust"/>.</summary>
    public double DustFall { get; init; }
}
