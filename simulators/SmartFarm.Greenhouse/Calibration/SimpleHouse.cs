namespace SmartFarm.Greenhouse.Calibration;

/// <summary>
/// A house in few numbers, so few that a recorded history can tell them. Everything is per m² of floor.
/// Vanthoor: B.H.E. Vanthoor 2011, thesis Wageningen, chapter 8. Where no source is named the value is where a fit begins.
/// </summary>
public sealed record SimpleHouse
{
    /// <summary>Heat loss through the cover with open screens, W m⁻² K⁻¹. Van Henten 2003, c_ai,ou.</summary>
    public double CoverLoss { get; init; } = 6.1;

    /// <summary>Air through gaps, m/s per m/s of wind, but at least that of 0.25 m/s. Vanthoor eq. 8.71.</summary>
    public double Leakage { get; init; } = 1e-4;

    /// <summary>Heat capacity of air, crop and structure, J m⁻² K⁻¹. Van Henten 2003, c_cap,q.</summary>
    public double HeatCapacity { get; init; } = 30_000;

    /// <summary>Share of outside radiation that is taken up inside, as warmth or as vapour.</summary>
    public double LightTransmission { get; init; } = 0.4;

    /// <summary>Largest opening of the vents per floor area. Vanthoor eq. 8.65, A_roof/A_flr; nets and narrow frames make it less.</summary>
    public double VentArea { get; init; } = 0.05;

    /// <summary>Share of the loss that the drawn energy screen keeps in.</summary>
    public double EnergyScreenSaving { get; init; } = 0.4;

    /// <summary>Share of the loss that the drawn blackout screen keeps in.</summary>
    public double BlackoutScreenSaving { get; init; } = 0.2;

    /// <summary>
    /// Heat of the pipes, W m⁻² K⁻¹ above the air: 2.1 for rail pipes of 51 mm. Not fitted unless asked: without one known source of heat only the proportions of a heat balance
    /// can be told from temperatures.
    /// </summary>
    public double PipeExchange { get; init; } = 2.1;

    /// <summary>Heat of the lamps at full power, W/m².</summary>
    public double LampHeat { get; init; } = 50;

    /// <summary>Share of the radiation inside that evaporates water. First term of Baille et al. 1994, Scientia Horticulturae 59.</summary>
    public double RadiationTranspiration { get; init; } = 0.2;

    /// <summary>Water evaporated per humidity deficit, m/s. Second term of Baille et al. 1994.</summary>
    public double DeficitTranspiration { get; init; } = 1e-3;

    /// <summary>Exchange with the ground, and with houses next door, W m⁻² K⁻¹.</summary>
    public double GroundExchange { get; init; } = 3;

    /// <summary>Temperature of these, °C: over some weeks the mean of the house is near it.</summary>
    public double GroundTemperatureC { get; init; } = 18;

    /// <summary>Mean height of the air volume, m.</summary>
    public double Height { get; init; } = 4.5;
}
