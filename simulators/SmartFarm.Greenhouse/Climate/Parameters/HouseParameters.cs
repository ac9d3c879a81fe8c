namespace SmartFarm.Greenhouse.Climate;

/// <summary>
/// How a house is built, equipped and planted; everything is per m² of floor. The defaults are a film house as <see cref="SingleFilm"/>.
/// Where no source is named, a value is an engineering estimate.
/// </summary>
/// <remarks>
/// Sources: «Vanthoor» is B.H.E. Vanthoor 2011, A model-based greenhouse design method, thesis Wageningen, chapter 8, with tables 8.1 (constants) and 8.2 (the Dutch house).
/// «Van Henten» is E.J. van Henten 2003, Biosystems Engineering 85(3), notation table.
/// </remarks>
public sealed record HouseParameters
{
    /// <summary>A Venlo glasshouse with a white floor. Vanthoor table 8.2.</summary>
    public static HouseParameters Glass { get; } = new()
    {
        Cover = CoverParameters.Glass,
        Vents = new VentParameters { NetPorosity = 1, RoofArea = 0.1, SideArea = 0 },
        Floor = new FloorParameters { ParReflection = 0.65, NirReflection = 0.5 },
    };

    /// <summary>One layer of film.</summary>
    public static HouseParameters SingleFilm { get; } = new();

    /// <summary>Two layers of film with air blown between them.</summary>
    public static HouseParameters DoubleFilm { get; } = new() { Cover = CoverParameters.Film with { Layers = 2 } };

    /// <summary>Three layers of film with air between them.</summary>
    public static HouseParameters TripleFilm { get; } = new() { Cover = CoverParameters.Film with { Layers = 3 } };

    /// <summary>The Korean way for hard winters: two layers of film and, as the third, a quilt that is drawn by night.</summary>
    public static HouseParameters ThreeLayerKorean { get; } = new() { Cover = CoverParameters.Film with { Layers = 2 }, EnergyScreen = ScreenParameters.Quilt };

    /// <summary>Mean height of the air among the crop, m. Vanthoor h_air.</summary>
    public double AirHeight { get; init; } = 3.8;

    /// <summary>Mean height of the air above the energy screen, m. Vanthoor h_gh less h_air.</summary>
    public double TopHeight { get; init; } = 0.4;

    /// <summary>Altitude above the sea, m: thin air carries less heat. Vanthoor eq. 8.24.</summary>
    public double AltitudeM { get; init; }

    /// <summary>Share of the sun's radiation that frame and fittings absorb and give to the air. Vanthoor η_glob,air.</summary>
    public double StructureAbsorption { get; init; } = 0.1;

    /// <summary>The cover.</summary>
    public CoverParameters Cover { get; init; } = CoverParameters.Film;

    /// <summary>The screen that saves energy, drawn over the crop.</summary>
    public ScreenParameters EnergyScreen { get; init; } = ScreenParameters.Energy;

    /// <summary>The screen that shades, drawn above the cover.</summary>
    public ShadeParameters Shade { get; init; } = new();

    /// <summary>Vents, gaps and what moves the air.</summary>
    public VentParameters Vents { get; init; } = new();

    /// <summary>Boiler, pipes and air heater.</summary>
    public HeatingParameters Heating { get; init; } = new();

    /// <summary>Fog nozzles, wet pads and circulation fans.</summary>
    public CoolingParameters Cooling { get; init; } = new();

    /// <summary>Lamps and CO₂ dosing.</summary>
    public LightParameters Light { get; init; } = new();

    /// <summary>The crop.</summary>
    public CropParameters Crop { get; init; } = new();

    /// <summary>Floor and soil.</summary>
    public FloorParameters Floor { get; init; } = new();

    /// <summary>Root zone, drip and tank.</summary>
    public RootZoneParameters RootZone { get; init; } = new();
}
