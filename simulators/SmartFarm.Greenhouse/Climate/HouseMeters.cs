namespace SmartFarm.Greenhouse.Climate;

/// <summary>What has gone through a house since its state was made, each per m² of floor: as meters on its pipes and cables would show.</summary>
public record struct HouseMeters
{
    /// <summary>Water from the mains into the tank, litres/m².</summary>
    public double MainsLitres;

    /// <summary>Water dripped, litres/m².</summary>
    public double IrrigationLitres;

    /// <summary>Water through the fog nozzles, litres/m²; what did not evaporate is in <see cref="DripLitres"/>.</summary>
    public double FogLitres;

    /// <summary>Water evaporated from the pads, litres/m².</summary>
    public double PadLitres;

    /// <summary>Water transpired by the crop, litres/m².</summary>
    public double TranspiredLitres;

    /// <summary>Water drained from the root zone, litres/m².</summary>
    public double DrainLitres;

    /// <summary>Water condensed on cover, screen and crop, and mist, litres/m².</summary>
    public double CondensedLitres;

    /// <summary>Fog that fell down instead of evaporating, litres/m².</summary>
    public double DripLitres;

    /// <summary>Heat from the boiler, MJ/m².</summary>
    public double HeatMegajoules;

    /// <summary>Electricity of lamps, MJ/m².</summary>
    public double LampMegajoules;

    /// <summary>Electricity of fans and pumps, MJ/m².</summary>
    public double MotorMegajoules;

    /// <summary>CO₂ dosed, g/m².</summary>
    public double Co2Gram;

    /// <summary>CO₂ bound by the crop less what it respired, g/m².</summary>
    public double AssimilatedCo2Gram;

    /// <summary>Salts that came with the drip, g/m².</summary>
    public double SaltInGram;

    /// <summary>Salts that left with the drain, g/m².</summary>
    public double SaltOutGram;
}
