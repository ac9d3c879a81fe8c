namespace SmartFarm.Greenhouse.Climate;

/// <summary>Root zone, drip and the tank that feeds drip, fog and pads.</summary>
public sealed record RootZoneParameters
{
    /// <summary>Depth of the root zone, m.</summary>
    public double Depth { get; init; } = 0.25;

    /// <summary>Water content by volume at which the root zone is full, %.</summary>
    public double Saturation { get; init; } = 48;

    /// <summary>Water content above which water drains away, %.</summary>
    public double FieldCapacity { get; init; } = 34;

    /// <summary>Water content below which the crop takes none, %.</summary>
    public double WiltingPoint { get; init; } = 12;

    /// <summary>Share of the water between field capacity and wilting point that the crop takes without effort. FAO-56 table 22: 0.4 for tomato.</summary>
    public double EasyShare { get; init; } = 0.4;

    /// <summary>Time in which water above field capacity drains to 1/e, s.</summary>
    public double DrainageLag { get; init; } = 7200;

    /// <summary>Drip at full rate, litres m⁻² h⁻¹.</summary>
    public double IrrigationRate { get; init; } = 6;

    /// <summary>Conductivity of the drip water, dS/m.</summary>
    public double FeedEc { get; init; } = 2;

    /// <summary>Conductivity of what the crop takes up, dS/m: at most this, what comes beyond that stays in the root zone.</summary>
    public double UptakeEc { get; init; } = 1.5;

    /// <summary>Volume of the tank, litres/m².</summary>
    public double TankVolume { get; init; } = 20;

    /// <summary>Flow of the mains into a tank that is not full, litres m⁻² h⁻¹.</summary>
    public double MainsRate { get; init; } = 5;

    /// <summary>Electric power of the pumps at full flow of drip and fog, W/m².</summary>
    public double PumpPower { get; init; } = 0.5;

    /// <summary>Water in the root zone for each per cent by volume, litres/m².</summary>
    internal double LitresPerPercent => 10 * Depth;

    internal double Power(in HouseControls controls) => PumpPower * Math.Max(controls.Irrigation, controls.Fog);
}
