using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Instruments;

/// <summary>What the sun does to a thermometer in a shield that nothing ventilates. Pure functions.</summary>
/// <remarks>Nakamura and Mahrt (2005), Air temperature measurement errors in naturally ventilated radiation shields, J. Atmos. Oceanic Technol. 22, 1046-1058.</remarks>
public static class RadiationShield
{
    /// <summary>Slope of the error over the ratio of radiation to ventilation, K: fit of the paper for the day. Its small intercept, which the paper calls spurious, is left out.</summary>
    private const double Slope = 373.40;

    /// <summary>Heat capacity of air by volume, J m⁻³ K⁻¹.</summary>
    private const double AirHeat = 1.2 * 1005;

    /// <summary>Air in a house is never quite still, m/s.</summary>
    private const double Stillest = 0.2;

    /// <summary>How much too warm it is, K.</summary>
    /// <param name="radiation">Radiation that falls on the shield, W/m².</param>
    /// <param name="airTemperatureC">Air temperature, °C.</param>
    /// <param name="airSpeed">Speed of the air around it, m/s; below 0.2 counts as 0.2.</param>
    public static double TooWarm(double radiation, double airTemperatureC, double airSpeed) =>
        Slope * Math.Max(0, radiation) / (AirHeat * (airTemperatureC + 273.15) * Math.Max(Stillest, airSpeed));

    /// <summary>Relative humidity that an element shows which is warmer than the air, %: the same vapour, another saturation.</summary>
    /// <param name="relativeHumidityPercent">Relative humidity of the air, %.</param>
    /// <param name="airTemperatureC">Air temperature, °C.</param>
    /// <param name="tooWarm">How much warmer the element is, K.</param>
    public static double RelativeHumidity(double relativeHumidityPercent, double airTemperatureC, double tooWarm) =>
        relativeHumidityPercent * Psychrometrics.SaturationVapourPressure(airTemperatureC) / Psychrometrics.SaturationVapourPressure(airTemperatureC + tooWarm);
}
