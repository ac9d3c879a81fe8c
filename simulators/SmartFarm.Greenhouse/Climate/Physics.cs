namespace SmartFarm.Greenhouse.Climate;

/// <summary>Constants of nature as the balances use them.</summary>
internal static class Physics
{
    /// <summary>0 °C, K.</summary>
    public const double Kelvin = 273.15;

    /// <summary>Stefan and Boltzmann's constant, W m⁻² K⁻⁴.</summary>
    public const double StefanBoltzmann = 5.67e-8;

    /// <summary>Gravity, m/s².</summary>
    public const double Gravity = 9.81;

    /// <summary>Heat of evaporation, J/kg. Vanthoor 2011 table 8.1.</summary>
    public const double Evaporation = 2.45e6;

    /// <summary>Specific heat of moist air, J per kg of dry air and K: 1006 + 1860·w at 7.5 g/kg. With it fog and pads end within 0.1 K of the thermodynamic wet bulb.</summary>
    public const double AirSpecificHeat = 1020;

    /// <summary>Density of air at sea level and 20 °C, kg/m³. Vanthoor 2011 table 8.1.</summary>
    public const double SeaLevelAirDensity = 1.2;

    /// <summary>Mass of 1 ppm of CO₂ in a cubic metre of air, mg. Vanthoor 2011 table 8.1, 1/η_mg,ppm.</summary>
    public const double Co2PerPpm = 1 / 0.554;

    /// <summary>Dissolved salts for each dS/m, g per litre. FAO Irrigation and Drainage Paper 29.</summary>
    public const double SaltPerEc = 0.64;

    /// <summary>Density of air at an altitude (m), kg/m³. Vanthoor 2011 eq. 8.24.</summary>
    public static double AirDensity(double altitudeM) => SeaLevelAirDensity * Math.Exp(-Gravity * 28.96 * altitudeM / (293.15 * 8314));
}
