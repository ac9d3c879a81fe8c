namespace SmartFarm.Greenhouse.Climate;

/// <summary>
/// How a house is built and planted; everything is per m² of floor. Defaults: a film house with roof vents and a full crop.
/// Where no source is named the value is an engineering estimate.
/// </summary>
/// <remarks>
/// Van Henten: E.J. van Henten 2003, Biosystems Engineering 85(3), notation table. Vanthoor: B.H.E. Vanthoor 2011, thesis Wageningen, chapter 8.
/// </remarks>
public sealed record HouseParameters
{
    /// <summary>A glasshouse.</summary>
    public static HouseParameters Glass { get; } = new() { CoverTransmission = 0.75 };

    /// <summary>One layer of film.</summary>
    public static HouseParameters SingleFilm { get; } = new();

    /// <summary>Two layers of film with air between them.</summary>
    public static HouseParameters DoubleFilm { get; } = new() { CoverLoss = 4, CoverTransmission = 0.6 };

    /// <summary>Three layers of film with air between them.</summary>
    public static HouseParameters TripleFilm { get; } = new() { CoverLoss = 3, CoverTransmission = 0.54 };

    /// <summary>The Korean way for hard winters: double film over a third layer inside, which opens by day.</summary>
    public static HouseParameters ThreeLayerKorean { get; } = new() { CoverLoss = 2.7, CoverTransmission = 0.57 };

    /// <summary>Heat capacity of air, crop and structure, J m⁻² K⁻¹. Van Henten c_cap,q.</summary>
    public double HeatCapacity { get; init; } = 30_000;

    /// <summary>Heat loss through the cover, W m⁻² K⁻¹. Van Henten c_ai,ou.</summary>
    public double CoverLoss { get; init; } = 6.1;

    /// <summary>Share of outside radiation that warms the air; the rest is reflected or goes into transpiration. Van Henten c_rad,q.</summary>
    public double SolarGain { get; init; } = 0.2;

    /// <summary>Share of outside radiation that reaches the crop.</summary>
    public double CoverTransmission { get; init; } = 0.65;

    /// <summary>Mean height of the air volume, m. Van Henten c_cap,h.</summary>
    public double Height { get; init; } = 4.1;

    /// <summary>Exchange with outside through gaps, m/s. Van Henten c_leak.</summary>
    public double Leakage { get; init; } = 0.75e-4;

    /// <summary>Largest opening of the roof vents per floor area. Vanthoor eq. 8.65, A_roof/A_flr.</summary>
    public double VentArea { get; init; } = 0.1;

    /// <summary>Vertical height of a vent opening, m. Vanthoor eq. 8.65, h_vent.</summary>
    public double VentHeight { get; init; } = 0.68;

    /// <summary>Heating power at full load, W/m²: holds 18 °C against −20 °C outside.</summary>
    public double HeatingPower { get; init; } = 232;

    /// <summary>Vapour exchange of the full crop by day, m/s. Van Henten c_v,pl,ai.</summary>
    public double CropConductance { get; init; } = 3.6e-3;

    /// <summary>Vapour exchange with the cold cover, where it condenses, m/s.</summary>
    public double CoverConductance { get; init; } = 2e-3;

    /// <summary>Uptake of CO₂ by the crop at plenty of light and CO₂, mg m⁻² s⁻¹.</summary>
    public double CropUptake { get; init; } = 1.2;

    /// <summary>Release of CO₂ by crop and soil, mg m⁻² s⁻¹.</summary>
    public double Respiration { get; init; } = 0.05;

    /// <summary>Depth of the root zone, m.</summary>
    public double RootDepth { get; init; } = 0.25;

    /// <summary>Water content above which water drains away, %.</summary>
    public double FieldCapacity { get; init; } = 34;

    /// <summary>Water content below which the crop takes none, %.</summary>
    public double WiltingPoint { get; init; } = 12;

    /// <summary>Irrigation at full rate, mm/h.</summary>
    public double IrrigationRate { get; init; } = 6;
}
