namespace SmartFarm.Greenhouse.Climate;

/// <summary>What feeds photosynthesis: lamps and CO₂.</summary>
public sealed record LightParameters
{
    /// <summary>Electric power of the lamps, W/m².</summary>
    public double LampPower { get; init; } = 100;

    /// <summary>Share of the lamps' power that becomes visible light (PAR); the rest warms the air. An LED of 2.7 µmol/J.</summary>
    public double LampParShare { get; init; } = 0.54;

    /// <summary>Photons of the lamps' light, µmol/J of PAR: red and white LED.</summary>
    public double LampPhotons { get; init; } = 5;

    /// <summary>Dosing rate of CO₂, mg m⁻² s⁻¹. Vanthoor φ_extCO2: 7.2e4 mg/s on 1.4e4 m².</summary>
    public double Co2Rate { get; init; } = 5.14;
}
