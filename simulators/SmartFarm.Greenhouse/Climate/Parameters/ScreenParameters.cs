namespace SmartFarm.Greenhouse.Climate;

/// <summary>A screen drawn over the crop at night: it keeps heat radiation in and parts the air below from the air above.</summary>
public sealed record ScreenParameters
{
    /// <summary>A woven energy screen that lets light through. Vanthoor table 8.2.</summary>
    public static ScreenParameters Energy { get; } = new();

    /// <summary>A quilt of several layers of wadding, as Korean houses have: dark, tight and thick.</summary>
    public static ScreenParameters Quilt { get; } = new()
    {
        LightTransmission = 0,
        LightReflection = 0.5,
        FirTransmission = 0,
        FirReflection = 0.2,
        AirFlow = 0.01e-3,
        HeatCapacity = 900,
        Resistance = 0.25,
    };

    /// <summary>Share of sunlight let through.</summary>
    public double LightTransmission { get; init; } = 0.6;

    /// <summary>Share of sunlight reflected.</summary>
    public double LightReflection { get; init; } = 0.35;

    /// <summary>Share of heat radiation let through.</summary>
    public double FirTransmission { get; init; } = 0.15;

    /// <summary>Share of heat radiation reflected.</summary>
    public double FirReflection { get; init; } = 0.18;

    /// <summary>Air through the drawn screen, m³ m⁻² s⁻¹ at 1 K across it. Vanthoor K_thScr.</summary>
    public double AirFlow { get; init; } = 0.05e-3;

    /// <summary>Heat capacity, J m⁻² K⁻¹: 0.35 mm of 200 kg/m³ and 1800 J kg⁻¹ K⁻¹.</summary>
    public double HeatCapacity { get; init; } = 126;

    /// <summary>Resistance of the fabric itself to heat, m² K/W; that of a thin screen is nothing.</summary>
    public double Resistance { get; init; }
}
