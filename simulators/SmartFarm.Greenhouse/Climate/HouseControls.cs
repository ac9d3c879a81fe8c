namespace SmartFarm.Greenhouse.Climate;

/// <summary>What the actuators do to a house: shares from 0 (closed, off, open to the sky) to 1 (open, full power, drawn). All are 0 unless set; what lies outside counts as the nearer end.</summary>
public readonly record struct HouseControls
{
    /// <summary>Opening of the roof vents away from the wind.</summary>
    public double RoofVentLee { get; init; }

    /// <summary>Opening of the roof vents towards the wind.</summary>
    public double RoofVentWind { get; init; }

    /// <summary>Opening of the side vents.</summary>
    public double SideVent { get; init; }

    /// <summary>How far the energy screen is drawn over the crop.</summary>
    public double EnergyScreen { get; init; }

    /// <summary>How far the shade screen is drawn.</summary>
    public double ShadeScreen { get; init; }

    /// <summary>Demand on the boiler, share of its power.</summary>
    public double Heating { get; init; }

    /// <summary>Share of the flow of the fog nozzles.</summary>
    public double Fog { get; init; }

    /// <summary>Share of the flow of the fans that draw air in through wet pads.</summary>
    public double PadFan { get; init; }

    /// <summary>Share of the CO₂ dosing rate.</summary>
    public double Co2 { get; init; }

    /// <summary>Share of the lamp power.</summary>
    public double Lamps { get; init; }

    /// <summary>Share of the drip rate.</summary>
    public double Irrigation { get; init; }

    /// <summary>Share of the speed of the fans that stir the air inside.</summary>
    public double CirculationFan { get; init; }

    /// <summary>Share of the mains water to the tank that is cut off: a float valve refills the tank by itself unless this is 1.</summary>
    public double MainsCut { get; init; }

    internal HouseControls Clamped() => new()
    {
        RoofVentLee = Share(RoofVentLee),
        RoofVentWind = Share(RoofVentWind),
        SideVent = Share(SideVent),
        EnergyScreen = Share(EnergyScreen),
        ShadeScreen = Share(ShadeScreen),
        Heating = Share(Heating),
        Fog = Share(Fog),
        PadFan = Share(PadFan),
        Co2 = Share(Co2),
        Lamps = Share(Lamps),
        Irrigation = Share(Irrigation),
        CirculationFan = Share(CirculationFan),
        MainsCut = Share(MainsCut),
    };

    /// <summary>A number that is none counts as 0.</summary>
    private static double Share(double value) => value > 0 ? Math.Min(value, 1) : 0;
}
