namespace SmartFarm.Greenhouse.Climate;

/// <summary>A crop that stands as it is: these days it neither grows nor dies.</summary>
public sealed record CropParameters
{
    /// <summary>Area of leaves per area of floor; 0.01 is an empty house.</summary>
    public double LeafAreaIndex { get; init; } = 3;

    /// <summary>Dry mass, kg/m², which respires.</summary>
    public double DryMass { get; init; } = 0.3;

    /// <summary>Resistance of the air at the leaf to vapour in still air, s/m. Vanthoor r_b, after Stanghellini 1987.</summary>
    public double BoundaryResistance { get; init; } = 275;

    /// <summary>Least resistance of the stomata, s/m. Vanthoor r_s,min, after Stanghellini 1987.</summary>
    public double LeastStomatalResistance { get; init; } = 82;

    /// <summary>Potential electron transport of a leaf at 25 °C, µmol m⁻² s⁻¹. Vanthoor table 9.1.</summary>
    public double ElectronTransport { get; init; } = 210;
}
