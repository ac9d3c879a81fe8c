namespace SmartFarm.Greenhouse.Climate;

/// <summary>Openings of a house, as areas per area of floor.</summary>
public sealed record VentParameters
{
    /// <summary>Area of all roof vents, half of them on each side. Vanthoor has 0.1 for the Dutch house; hot places build more.</summary>
    public double RoofArea { get; init; } = 0.16;

    /// <summary>Area of all side vents.</summary>
    public double SideArea { get; init; } = 0.1;

    /// <summary>Vertical height of a roof vent's opening, m. Vanthoor h_vent.</summary>
    public double RoofHeight { get; init; } = 0.68;

    /// <summary>Height from the middle of the side vents to that of the roof vents, m: the chimney. Vanthoor h_sideRoof.</summary>
    public double ChimneyHeight { get; init; } = 2.5;

    /// <summary>Discharge coefficient of an opening. Vanthoor C_d.</summary>
    public double Discharge { get; init; } = 0.75;

    /// <summary>Wind pressure coefficient of vents away from the wind, and of side vents. Vanthoor C_w.</summary>
    public double LeeWindPressure { get; init; } = 0.09;

    /// <summary>Wind pressure coefficient of roof vents towards the wind.</summary>
    public double WindwardWindPressure { get; init; } = 0.14;

    /// <summary>Share of a net against insects that is holes; 1 without a net. Vanthoor ζ, eq. 8.70.</summary>
    public double NetPorosity { get; init; } = 0.6;

    /// <summary>Air that swirls between the air among the crop and that above an open screen by itself, m³ m⁻² s⁻¹.</summary>
    public double Mixing { get; init; } = 0.01;
}
