namespace SmartFarm.Greenhouse.Climate;

/// <summary>What has gone through a house since its state was made, each per m² of floor: as meters on its pipes and cables would show.</summary>
public record struct HouseMeters
{
    /// <summary>Water from the mains into the tank, litres/m².</summary>
    public double MainsLitres;

    /// <summary>Water dripped, litres/m².</summary>
    public double IrrigationLitres;

    /// <summary>Water through the fog nozzles, litres/m².</summary>
    public double FogLitres;

    /// <summary>Water evaporated from the pads, litres/m².</summary>
    public double PadLitres;

    /// <summary>Water taken up and transpired by the crop, litres/m².</summary>
    public double TranspiredLitres;

    /// <summary>Water drained from the root zone, litres/m².</summary>
    public double DrainLitres;

    /// <summary>Water condensed on cover and screen and as mist, litres/m².</summary>
    public double CondensedLitres;

    /// <summary>Heat from the boiler, MJ/m².</summary>
    public double HeatMegajoules;

    /// <summary>Electricity of the lamps, MJ/m².</summary>
    public double LampMegajoules;

    /// <summary>Electricity of fans and pumps, MJ/m².</summary>
    public double MotorMegajoules;

    /// <summary>CO₂ dosed, g/m².</summary>
    public double Co2Gram;

    /// <summary>CO₂ bound by the crop less what it breathed out, g/m².</summary>
    public double AssimilatedCo2Gram;

    /// <summary>What has gone through since the meters showed something else.</summary>
    public readonly HouseMeters Since(in HouseMeters earlier) => new()
    {
        MainsLitres = MainsLitres - earlier.MainsLitres,
        IrrigationLitres = IrrigationLitres - earlier.IrrigationLitres,
        FogLitres = FogLitres - earlier.FogLitres,
        PadLitres = PadLitres - earlier.PadLitres,
        TranspiredLitres = TranspiredLitres - earlier.TranspiredLitres,
        DrainLitres = DrainLitres - earlier.DrainLitres,
        CondensedLitres = CondensedLitres - earlier.CondensedLitres,
        HeatMegajoules = HeatMegajoules - earlier.HeatMegajoules,
        LampMegajoules = LampMegajoules - earlier.LampMegajoules,
        MotorMegajoules = MotorMegajoules - earlier.MotorMegajoules,
        Co2Gram = Co2Gram - earlier.Co2Gram,
        AssimilatedCo2Gram = AssimilatedCo2Gram - earlier.AssimilatedCo2Gram,
    };

    /// <summary>Adds the flows of some seconds.</summary>
    internal void Add(in HouseFluxes flows, double seconds)
    {
        MainsLitres += flows[HouseFlow.Mains] * seconds;
        IrrigationLitres += flows[HouseFlow.Irrigation] * seconds;
        FogLitres += flows[HouseFlow.FogNozzles] * seconds;
        PadLitres += flows[HouseFlow.PadWater] * seconds;
        TranspiredLitres += flows[HouseFlow.WaterTaken] * seconds;
        DrainLitres += flows[HouseFlow.Drain] * seconds;
        CondensedLitres += (flows[HouseFlow.ScreenCondensation] + flows[HouseFlow.CoverCondensation] + flows[HouseFlow.Mist] + flows[HouseFlow.TopMist]) * seconds;
        HeatMegajoules += (flows[HouseFlow.BoilerToPipe] + flows[HouseFlow.BoilerToAir]) * seconds / 1e6;
        LampMegajoules += flows[HouseFlow.LampPower] * seconds / 1e6;
        MotorMegajoules += flows[HouseFlow.MotorPower] * seconds / 1e6;
        Co2Gram += flows[HouseFlow.Co2Dosed] * seconds / 1000;
        AssimilatedCo2Gram += flows[HouseFlow.Co2Uptake] * seconds / 1000;
    }
}
