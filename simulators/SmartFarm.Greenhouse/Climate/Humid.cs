using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>Humid air in the terms of the balances: water per dry air (kg/kg), which neither heat nor pressure changes. Pressures in Pa, those of the air in hPa.</summary>
internal static class Humid
{
    /// <summary>Standard pressure, hPa.</summary>
    public const double SeaLevel = 1013.25;

    /// <summary>Molar mass of water over that of dry air. FAO-56 eq. 8.</summary>
    public const double MolarRatio = 0.622;

    /// <summary>A temperature within the range of the vapour pressure formula; a house may leave it when its heater stays on in July.</summary>
    public static double InRange(double temperatureC) => Math.Clamp(temperatureC, -60, 80);

    /// <summary>Saturation vapour pressure; beyond −60 and 80 °C that at the end of the range.</summary>
    public static double Saturated(double temperatureC) => 1000 * Psychrometrics.SaturationVapourPressure(InRange(temperatureC));

    /// <summary>Slope of the saturation vapour pressure, Pa/K. FAO-56 eq. 13.</summary>
    public static double Slope(double temperatureC, double saturated) => 4098 * saturated / ((temperatureC + 237.3) * (temperatureC + 237.3));

    /// <summary>Vapour pressure of air with a humidity ratio. FAO-56 eq. 8 turned round.</summary>
    public static double VapourPressure(double ratio, double pressureHPa) => 100 * pressureHPa * ratio / (MolarRatio + ratio);

    /// <summary>How the vapour pressure grows with the humidity ratio, Pa.</summary>
    public static double VapourPressureSlope(double ratio, double pressureHPa) => 100 * pressureHPa * MolarRatio / ((MolarRatio + ratio) * (MolarRatio + ratio));

    /// <summary>Humidity ratio of air with a vapour pressure; at most 1, which steam would have.</summary>
    public static double Ratio(double vapourPressure, double pressureHPa) => MolarRatio * vapourPressure / ((100 * pressureHPa) - Math.Min(vapourPressure, 61.6 * pressureHPa));
}
