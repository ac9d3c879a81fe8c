namespace SmartFarm.Greenhouse.Climate;

/// <summary>Every flow of a step, as its mean over the step, per m² of floor.</summary>
public record struct HouseFluxes
{
    /// <summary>Exchange of air with outside through vents and gaps, m³ m⁻² s⁻¹.</summary>
    public double AirExchange;

    /// <summary>Transpiration of the crop, kg m⁻² s⁻¹.</summary>
    public double Transpiration;
}
