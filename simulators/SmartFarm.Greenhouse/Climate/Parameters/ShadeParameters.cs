namespace SmartFarm.Greenhouse.Climate;

/// <summary>A movable screen above the cover that shades it: what it absorbs stays outside. Vanthoor's outdoor shading screen.</summary>
public sealed record ShadeParameters
{
    /// <summary>Share of sunlight let through.</summary>
    public double LightTransmission { get; init; } = 0.5;

    /// <summary>Share of sunlight reflected.</summary>
    public double LightReflection { get; init; } = 0.3;

    /// <summary>Share of the cover's heat radiation to the sky let through.</summary>
    public double FirTransmission { get; init; } = 0.5;
}
