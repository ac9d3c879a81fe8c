using SmartFarm.Greenhouse.Climate.Processes;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>A cover of one or more like layers with air between them. Optical properties are those of one clean layer.</summary>
public sealed record CoverParameters
{
    /// <summary>Single glass of 4 mm. Vanthoor table 8.2, the Dutch house.</summary>
    public static CoverParameters Glass { get; } = new()
    {
        ParTransmission = 0.85,
        NirTransmission = 0.85,
        ParReflection = 0.13,
        NirReflection = 0.13,
        FirTransmission = 0,
        FirReflection = 0.15,
        LayerHeatCapacity = 8736,
        LayerConductance = 262,
        Area = 1.29,
        Leakage = 1e-4,
    };

    /// <summary>One polyethylene film of 0.2 mm that holds back heat radiation.</summary>
    public static CoverParameters Film { get; } = new();

    /// <summary>Number of layers, 1 to 5.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Share of visible sunlight (PAR) that a layer lets through.</summary>
    public double ParTransmission { get; init; } = 0.83;

    /// <summary>Share of near infrared sunlight that a layer lets through.</summary>
    public double NirTransmission { get; init; } = 0.83;

    /// <summary>Share of visible sunlight that a layer reflects.</summary>
    public double ParReflection { get; init; } = 0.12;

    /// <summary>Share of near infrared sunlight that a layer reflects.</summary>
    public double NirReflection { get; init; } = 0.12;

    /// <summary>Share of heat radiation that a layer lets through.</summary>
    public double FirTransmission { get; init; } = 0.15;

    /// <summary>Share of heat radiation that a layer reflects.</summary>
    public double FirReflection { get; init; } = 0.1;

    /// <summary>Heat capacity of a layer, J m⁻² K⁻¹ of cover: thickness by density by specific heat (0.2 mm, 923 kg/m³, 2300 J kg⁻¹ K⁻¹).</summary>
    public double LayerHeatCapacity { get; init; } = 425;

    /// <summary>Conductance through a layer, W m⁻² K⁻¹ of cover: conductivity over thickness (0.33 W m⁻¹ K⁻¹, 0.2 mm).</summary>
    public double LayerConductance { get; init; } = 1650;

    /// <summary>Conductance of the air between two layers by convection and radiation, W m⁻² K⁻¹ of cover. ISO 6946: a resistance of 0.16 m² K/W for heat that rises.</summary>
    public double GapConductance { get; init; } = 6.2;

    /// <summary>Area of cover per area of floor. Vanthoor A_cov/A_flr.</summary>
    public double Area { get; init; } = 1.2;

    /// <summary>Air through the gaps at a wind of 1 m/s, m³ m⁻² s⁻¹. Vanthoor c_leakage, eq. 8.71.</summary>
    public double Leakage { get; init; } = 1e-4;

    internal Layer Par => Stack(new Layer(ParTransmission, ParReflection));

    internal Layer Nir => Stack(new Layer(NirTransmission, NirReflection));

    internal Layer Fir => Stack(new Layer(FirTransmission, FirReflection));

    /// <summary>Conductance from the inner face to the outer, W/K per m² of floor.</summary>
    internal double Conductance => Area / ((Layers / LayerConductance) + ((Layers - 1) / GapConductance));

    /// <summary>Heat capacity of the whole cover, J/K per m² of floor.</summary>
    internal double HeatCapacity => Area * Layers * LayerHeatCapacity;

    private Layer Stack(Layer layer)
    {
        var stack = layer;
        for (var i = 1; i < Layers; i++)
        {
            stack = stack.Over(layer);
        }

        return stack;
    }
}
