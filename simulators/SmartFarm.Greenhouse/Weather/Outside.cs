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

    /// <summary>The air between two moments: on a straight line, the wind turning the shorter way.</summary>
    /// <param name="a">The air at weight 0.</param>
    /// <param name="b">The air at weight 1.</param>
    /// <param name="weight">From 0 to 1.</param>
    public static Outside Between(in Outside a, in Outside b, double weight) => new(
        double.Lerp(a.TemperatureC, b.TemperatureC, weight),
        double.Lerp(a.RelativeHumidityPercent, b.RelativeHumidityPercent, weight),
        double.Lerp(a.SolarRadiation, b.SolarRadiation, weight),
        double.Lerp(a.WindSpeed, b.WindSpeed, weight),
        (a.WindDirection + (weight * Math.IEEERemainder(b.WindDirection - a.WindDirection, 360)) + 360) % 360,
        double.Lerp(a.RainRate, b.RainRate, weight),
        double.Lerp(a.PressureHPa, b.PressureHPa, weight),
        double.Lerp(a.Co2Ppm, b.Co2Ppm, weight))
    {
        SkyTemperatureC = double.Lerp(a.SkyTemperatureC, b.SkyTemperatureC, weight),
        GroundTemperatureC = double.Lerp(a.GroundTemperatureC, b.GroundTemperatureC, weight),
        WindGust = double.Lerp(a.WindGust, b.WindGust, weight),
        SnowRate = double.Lerp(a.SnowRate, b.SnowRate, weight),
        DustFall = double.Lerp(a.DustFall, b.DustFall, weight),
    };
}
