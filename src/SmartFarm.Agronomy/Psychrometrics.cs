namespace SmartFarm.Agronomy;

/// <summary>
/// Water in air. Temperatures in °C (−60..80), relative humidity in % (0..102; above 100 counts as 100, because a saturated capacitive
/// sensor overshoots), vapour pressure in kPa, densities in g/m³. Pure functions.
/// An input that is not finite or lies outside its range gives <see cref="double.NaN"/>, which callers take as unknown.
/// </summary>
/// <remarks>
/// FAO-56: Allen, Pereira, Raes, Smith (1998), Crop evapotranspiration, FAO Irrigation and Drainage Paper 56, chapter 3.
/// Over liquid water, also below 0 °C: the dew point there is not the frost point.
/// </remarks>
public static class Psychrometrics
{
    private const double MinTemperature = -60;
    private const double MaxTemperature = 80;
    private const double MaxRelativeHumidity = 102;

    /// <summary>Molar mass of water over the gas constant, g K J⁻¹, times 1000 Pa per kPa. Vaisala, Humidity Conversion Formulas, absolute humidity.</summary>
    private const double VapourGasConstant = 2166.79;

    /// <summary>Saturation vapour pressure, kPa. FAO-56 eq. 11 (Tetens).</summary>
    public static double SaturationVapourPressure(double temperatureC) => temperatureC is >= MinTemperature and <= MaxTemperature
        ? 0.6108 * Math.Exp(17.27 * temperatureC / (temperatureC + 237.3))
        : double.NaN;

    /// <summary>Actual vapour pressure, kPa. FAO-56 eq. 10.</summary>
    public static double VapourPressure(double temperatureC, double relativeHumidityPercent) => relativeHumidityPercent is >= 0 and <= MaxRelativeHumidity
        ? SaturationVapourPressure(temperatureC) * Math.Min(relativeHumidityPercent, 100) / 100
        : double.NaN;

    /// <summary>Vapour pressure deficit of the air, kPa, never negative. FAO-56, e_s − e_a.</summary>
    public static double Vpd(double temperatureC, double relativeHumidityPercent) =>
        SaturationVapourPressure(temperatureC) - VapourPressure(temperatureC, relativeHumidityPercent);

    /// <summary>Vapour pressure deficit from a leaf to the air, kPa: negative when water condenses on the leaf.</summary>
    public static double LeafVpd(double leafTemperatureC, double temperatureC, double relativeHumidityPercent) =>
        SaturationVapourPressure(leafTemperatureC) - VapourPressure(temperatureC, relativeHumidityPercent);

    /// <summary>Dew point of air, °C; NaN for air without any water.</summary>
    public static double DewPoint(double temperatureC, double relativeHumidityPercent) => DewPoint(VapourPressure(temperatureC, relativeHumidityPercent));

    /// <summary>Temperature at which the vapour pressure (kPa) saturates, °C. FAO-56 eq. 14, solved for the dew point; NaN for 0 and below.</summary>
    public static double DewPoint(double vapourPressureKPa)
    {
        if (!(vapourPressureKPa > 0))
        {
            return double.NaN;
        }

        var log = Math.Log(vapourPressureKPa / 0.6108);
        return 237.3 * log / (17.27 - log);
    }

    /// <summary>Mass of water in a volume of air, g/m³, by the ideal gas law.</summary>
    public static double AbsoluteHumidity(double temperatureC, double relativeHumidityPercent) =>
        VapourGasConstant * VapourPressure(temperatureC, relativeHumidityPercent) / Kelvin(temperatureC);

    /// <summary>Mass of water that a volume of air can still take up, g/m³.</summary>
    public static double HumidityDeficit(double temperatureC, double relativeHumidityPercent) =>
        VapourGasConstant * Vpd(temperatureC, relativeHumidityPercent) / Kelvin(temperatureC);

    /// <summary>Relative humidity of air that holds a mass of water, %; above 100 when it holds more than it can. NaN for a negative mass.</summary>
    public static double RelativeHumidity(double temperatureC, double absoluteHumidityGramPerM3) => absoluteHumidityGramPerM3 >= 0
        ? 100 * absoluteHumidityGramPerM3 / AbsoluteHumidity(temperatureC, 100)
        : double.NaN;

    private static double Kelvin(double temperatureC) => temperatureC + 273.15;
}
