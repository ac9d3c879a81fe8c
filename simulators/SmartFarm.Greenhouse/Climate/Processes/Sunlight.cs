using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>
/// Where the sun's radiation ends up, W/m²: shade screen, cover, energy screen, leaves and floor as a stack of layers, for visible and near
/// infrared light. The stack is solved from below, so that what is absorbed and what is reflected sum to what came. Vanthoor 2011 eq. 8.14 to 8.37.
/// </summary>
internal readonly record struct Sunlight(double Reflected, double Shade, double Cover, double Screen, double Air, double Canopy, double Floor)
{
    /// <summary>Share of the sun's energy that is visible light. Vanthoor 2011 table 8.1, η_glob,PAR.</summary>
    private const double ParShare = 0.5;

    /// <summary>Photons of visible sunlight, µmol/J of PAR. Vanthoor 2011 section 9.5.1.3.</summary>
    public const double PhotonsPerJoule = 4.6;

    /// <summary>All sunlight on the house, W/m².</summary>
    public double Sun => Reflected + Shade + Cover + Screen + Air + Canopy + Floor;

    /// <summary>All sunlight above the leaves, W/m².</summary>
    public double AboveCanopy { get; init; }

    /// <summary>Visible sunlight above the leaves, W/m².</summary>
    public double ParAboveCanopy { get; init; }

    /// <summary>Visible sunlight absorbed by the leaves, W/m².</summary>
    public double ParCanopy { get; init; }

    public static Sunlight On(in Moment m)
    {
        var (house, fabric, sun) = (m.House, m.Fabric, Math.Max(0, m.Outside.SolarRadiation));
        var shade = new Layer(house.Shade.LightTransmission, house.Shade.LightReflection).Drawn(m.Controls.ShadeScreen);
        var screen = new Layer(house.EnergyScreen.LightTransmission, house.EnergyScreen.LightReflection).Drawn(m.Controls.EnergyScreen);
        var par = Band(ParShare * sun, shade, fabric.CoverPar.Dusty(m.State.DustShare), screen, fabric.CanopyPar, house.Floor.ParReflection, house.StructureAbsorption);
        var nir = Band((1 - ParShare) * sun, shade, fabric.CoverNir.Dusty(m.State.DustShare), screen, fabric.CanopyNir, house.Floor.NirReflection, house.StructureAbsorption);
        return new Sunlight(
            par.Reflected + nir.Reflected,
            par.Shade + nir.Shade,
            par.Cover + nir.Cover,
            par.Screen + nir.Screen,
            par.Air + nir.Air,
            par.Canopy + nir.Canopy,
            par.Floor + nir.Floor)
        {
            AboveCanopy = par.AboveCanopy + nir.AboveCanopy,
            ParAboveCanopy = par.AboveCanopy,
            ParCanopy = par.Canopy,
        };
    }

    public void AddTo(Span<Flow> flows)
    {
        flows[(int)HouseFlow.SunToAir] = Flow.Into(Node.Air, Air);
        flows[(int)HouseFlow.SunToCanopy] = Flow.Into(Node.Canopy, Canopy);
        flows[(int)HouseFlow.SunToScreen] = Flow.Into(Node.Screen, Screen);
        flows[(int)HouseFlow.SunToCover] = Flow.Into(Node.CoverOuter, Cover);
        flows[(int)HouseFlow.SunToFloor] = Flow.Into(Node.Floor, Floor);
    }

    public void Report(ref HouseFluxes fluxes)
    {
        fluxes[HouseFlow.Sun] = Sun;
        fluxes[HouseFlow.SunReflected] = Reflected;
        fluxes[HouseFlow.SunToShade] = Shade;
    }

    private static Sunlight Band(double sun, Layer shade, Layer cover, Layer screen, Layer canopy, double floor, double structure)
    {
        var canopyUp = canopy.ReflectionOver(floor);
        var screenUp = screen.ReflectionOver(canopyUp);
        var coverUp = cover.ReflectionOver(screenUp);
        var shadeUp = shade.ReflectionOver(coverUp);
        var onCover = sun * shade.DownTo(coverUp);
        var onScreen = onCover * cover.DownTo(screenUp);
        var onCanopy = onScreen * screen.DownTo(canopyUp);
        var onFloor = onCanopy * canopy.DownTo(floor);
        var intoShade = sun * (1 - shadeUp);
        var intoCover = onCover * (1 - coverUp);
        var intoScreen = onScreen * (1 - screenUp);
        var intoCanopy = onCanopy * (1 - canopyUp);
        var intoFloor = onFloor * (1 - floor);
        var left = 1 - structure;
        return new Sunlight(
            sun - intoShade,
            intoShade - intoCover,
            intoCover - intoScreen,
            (intoScreen - intoCanopy) * left,
            intoScreen * structure,
            (intoCanopy - intoFloor) * left,
            intoFloor * left)
        {
            AboveCanopy = onCanopy * left,
        };
    }
}
