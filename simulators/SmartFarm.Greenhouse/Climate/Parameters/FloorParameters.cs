namespace SmartFarm.Greenhouse.Climate;

/// <summary>Floor and soil as layers of heat. The root zone is the layer below the surface.</summary>
public sealed record FloorParameters
{
    /// <summary>Share of visible light that the floor reflects: bare soil.</summary>
    public double ParReflection { get; init; } = 0.2;

    /// <summary>Share of near infrared that the floor reflects.</summary>
    public double NirReflection { get; init; } = 0.25;

    /// <summary>Thickness of the surface layer, m.</summary>
    public double Thickness { get; init; } = 0.04;

    /// <summary>Thickness of the soil below the root zone, m.</summary>
    public double SubsoilThickness { get; init; } = 0.6;

    /// <summary>Heat capacity of soil, J m⁻³ K⁻¹. Vanthoor ρc_p,So.</summary>
    public double SoilHeatCapacity { get; init; } = 1.73e6;

    /// <summary>Conductivity of soil, W m⁻¹ K⁻¹. Vanthoor λ_So.</summary>
    public double SoilConductivity { get; init; } = 0.85;
}
