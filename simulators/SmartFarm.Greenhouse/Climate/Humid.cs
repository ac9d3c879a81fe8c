using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>Humid air in the terms of the balances: water per dry air (kg/kg), which neither heat nor pressure changes. Vapour pressures in kPa, pressures in hPa.</summary>
internal static class Humid
{
    /// <summary>Standard pressure, hPa.</summary>
    public const double SeaLevel = 1013.25;

    /// <summary>Molar mass of water over that of dry air. FAO-56 eq. 8.</summary>
    public const double MolarRatio = 0.622;

    /// <summary>A temperature within the range of the vapour pressure formula; a house may leave it when its heater stays on in July.</summary>
    public static double InRange(double temperatureC) => Math.Clamp(temperatureC, -60, 80);

    /// <summary>Saturation vapour pressure; beyond −60 and 80 °C that at the end of the range.</summary>
    public static double Saturated(double temperatureC) => Psychrometrics.SaturationVapourPressure(InRange(temperatureC));

    /// <summary>Vapour pressure of air with a humidity ratio.</summary>
    public static double VapourPressure(double ratio, double pressureHPa) => pressureHPa / 10 * ratio / (MolarRatio + ratio);

    /// <summary>Humidity ratio of air with a vapour pressure.</summary>
    public static double Ratio(double vapourPressure, double pressureHPa) => MolarRatio * vapourPressure / ((pressureHPa / 10) - vapourPressure);
}
