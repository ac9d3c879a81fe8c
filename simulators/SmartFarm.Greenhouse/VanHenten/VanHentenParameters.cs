namespace SmartFarm.Greenhouse.VanHenten;

/// <summary>
/// The constants of the model. E.J. van Henten 2003, Biosystems Engineering 85(3), notation table; each is named there by the symbol given here.
/// </summary>
public sealed record VanHentenParameters
{
    /// <summary>c_αβ, dry mass made from CO₂ taken up, kg/kg.</summary>
    public double Yield { get; init; } = 0.544;

    /// <summary>c_resp,d, loss of dry mass by respiration at 25 °C, s⁻¹.</summary>
    public double RespirationOfMass { get; init; } = 2.65e-7;

    /// <summary>c_resp,c, release of CO₂ by respiration at 25 °C, s⁻¹.</summary>
    public double RespirationOfCo2 { get; init; } = 4.87e-7;

    /// <summary>c_pl,d, effective canopy surface per dry mass, m²/kg.</summary>
    public double CanopyPerMass { get; init; } = 53;

    /// <summary>c_rad,phot, CO₂ fixed per energy of outside radiation, kg/J.</summary>
    public double LightUse { get; init; } = 3.55e-9;

    /// <summary>c_co2,1, square term of the leaf's conductance for CO₂, m s⁻¹ K⁻².</summary>
    public double Conductance1 { get; init; } = 5.11e-6;

    /// <summary>c_co2,2, linear term of the leaf's conductance for CO₂, m s⁻¹ K⁻¹.</summary>
    public double Conductance2 { get; init; } = 2.3e-4;

    /// <summary>c_co2,3, constant term of the leaf's conductance for CO₂, m/s.</summary>
    public double Conductance3 { get; init; } = 6.29e-4;

    /// <summary>c_Γ, CO₂ at which the leaf takes up none, kg/m³.</summary>
    public double CompensationPoint { get; init; } = 5.2e-5;

    /// <summary>c_cap,c, volume of air for CO₂ per floor area, m.</summary>
    public double Co2Capacity { get; init; } = 4.1;

    /// <summary>c_cap,h, volume of air for vapour per floor area, m.</summary>
    public double HumidityCapacity { get; init; } = 4.1;

    /// <summary>c_cap,q, heat capacity of the house, J m⁻² K⁻¹.</summary>
    public double HeatCapacity { get; init; } = 30_000;

    /// <summary>c_cap,q,v, heat capacity of air, J m⁻³ K⁻¹.</summary>
    public double AirHeatCapacity { get; init; } = 1290;

    /// <summary>c_ai,ou, heat loss through the cover, W m⁻² K⁻¹.</summary>
    public double CoverLoss { get; init; } = 6.1;

    /// <summary>c_rad,q, share of outside radiation that warms the air.</summary>
    public double SolarGain { get; init; } = 0.2;

    /// <summary>c_v,pl,ai, mass transfer from canopy to air, m/s.</summary>
    public double CanopyTransfer { get; init; } = 3.6e-3;

    /// <summary>c_v,1, vapour pressure scale of the canopy, J/m³. Lower than the 10998 of saturation over water.</summary>
    public double VapourPressure { get; init; } = 9348;

    /// <summary>c_v,2, exponent of the vapour pressure.</summary>
    public double VapourExponent { get; init; } = 17.4;

    /// <summary>c_v,3, temperature offset of the vapour pressure, °C.</summary>
    public double VapourOffset { get; init; } = 239;

    /// <summary>c_R, gas constant, J K⁻¹ kmol⁻¹.</summary>
    public double GasConstant { get; init; } = 8314;

    /// <summary>
    /// c_leak, exchange of air through gaps, m/s: 0.75e-4 as published (0.066 air changes per hour). The public codes behind the 40-day reference run use 7.5e-6.
    /// </summary>
    public double Leakage { get; init; } = 0.75e-4;
}
