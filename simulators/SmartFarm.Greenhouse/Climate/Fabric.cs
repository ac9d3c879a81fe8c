using SmartFarm.Greenhouse.Climate.Balances;
using SmartFarm.Greenhouse.Climate.Processes;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>What follows from the parameters of a house once and for all.</summary>
internal sealed class Fabric
{
    /// <summary>Share of light and of heat radiation that a layer of leaves lets through, after Beer's law. Vanthoor 2011 table 8.1: k_PAR, k_NIR, k_FIR.</summary>
    private const double ParExtinction = 0.7, NirExtinction = 0.27, FirExtinction = 0.94;

    /// <summary>Reflection of a dense canopy. Vanthoor 2011 table 8.1: ρ_can.</summary>
    private const double ParCanopyReflection = 0.07, NirCanopyReflection = 0.35;

    /// <summary>Heat capacity of leaves, J K⁻¹ per m² of leaf. Vanthoor 2011 table 8.1: cap_leaf.</summary>
    private const double LeafHeatCapacity = 1200;

    private readonly double[] _capacities = new double[Nodes.Count];

    public Fabric(HouseParameters house)
    {
        House = house;
        AirDensity = Physics.AirDensity(house.AltitudeM);
        LeafArea = Math.Max(0.01, house.Crop.LeafAreaIndex);
        (CoverPar, CoverNir, CoverFir) = (house.Cover.Par, house.Cover.Nir, house.Cover.Fir);
        CanopyPar = Leaves(ParExtinction, ParCanopyReflection);
        CanopyNir = Leaves(NirExtinction, NirCanopyReflection);
        CanopyFirGap = Math.Exp(-FirExtinction * LeafArea);
        CoverConductance = house.Cover.Conductance;
        PipeArea = house.Heating.PipeArea;
        var floor = house.Floor;
        FloorConductance = 2 * floor.SoilConductivity / (floor.Thickness + house.RootZone.Depth);
        SoilConductance = 2 * floor.SoilConductivity / (house.RootZone.Depth + floor.SubsoilThickness);
        GroundConductance = 2 * floor.SoilConductivity / floor.SubsoilThickness;
        SetCapacities();
    }

    public HouseParameters House { get; }

    /// <summary>kg/m³.</summary>
    public double AirDensity { get; }

    /// <summary>Leaf area index, never quite 0.</summary>
    public double LeafArea { get; }

    public Layer CoverPar { get; }

    public Layer CoverNir { get; }

    public Layer CoverFir { get; }

    public Layer CanopyPar { get; }

    public Layer CanopyNir { get; }

    /// <summary>Share of heat radiation that passes between the leaves.</summary>
    public double CanopyFirGap { get; }

    /// <summary>W m⁻² K⁻¹, as the other conductances.</summary>
    public double CoverConductance { get; }

    public double FloorConductance { get; }

    public double SoilConductance { get; }

    public double GroundConductance { get; }

    /// <summary>Area of pipe per area of floor.</summary>
    public double PipeArea { get; }

    /// <summary>Of each node: J m⁻² K⁻¹, or kg of dry air per m².</summary>
    public ReadOnlySpan<double> Capacities => _capacities;

    private Layer Leaves(double extinction, double reflection)
    {
        var gap = Math.Exp(-extinction * LeafArea);
        return new Layer(gap, reflection * (1 - gap));
    }

    private void SetCapacities()
    {
        var air = AirDensity * House.AirHeight;
        var top = AirDensity * House.TopHeight;
        Set(Node.Air, air * Physics.AirSpecificHeat);
        Set(Node.Top, top * Physics.AirSpecificHeat);
        Set(Node.Canopy, LeafHeatCapacity * LeafArea);
        Set(Node.Screen, House.EnergyScreen.HeatCapacity);
        Set(Node.CoverInner, House.Cover.HeatCapacity / 2);
        Set(Node.CoverOuter, House.Cover.HeatCapacity / 2);
        Set(Node.Pipe, House.Heating.PipeHeatCapacity);
        Set(Node.Floor, House.Floor.SoilHeatCapacity * House.Floor.Thickness);
        Set(Node.Soil, House.Floor.SoilHeatCapacity * House.RootZone.Depth);
        Set(Node.Subsoil, House.Floor.SoilHeatCapacity * House.Floor.SubsoilThickness);
        Set(Node.AirVapour, air);
        Set(Node.TopVapour, top);
    }

    private void Set(Node node, double capacity) => _capacities[(int)node] = capacity > 0
        ? capacity
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"The parameters of the house give {node} no capacity: heights, thicknesses and layers must be above 0.");
}
