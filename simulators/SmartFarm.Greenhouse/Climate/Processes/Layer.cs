namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>A layer in the way of radiation, alike from both sides: what it neither lets through nor reflects it absorbs.</summary>
/// <param name="Transmission">Share let through.</param>
/// <param name="Reflection">Share reflected.</param>
internal readonly record struct Layer(double Transmission, double Reflection)
{
    public double Absorption => 1 - Transmission - Reflection;

    /// <summary>A layer that covers only a share of the area, as a screen half drawn does. Vanthoor 2011 p. 208.</summary>
    public Layer Drawn(double share) => new(1 - (share * (1 - Transmission)), share * Reflection);

    /// <summary>This layer with dust on it, which absorbs a share of what passes.</summary>
    public Layer Dusty(double share) => this with { Transmission = Transmission * (1 - share) };

    /// <summary>The two layers as one, with the light that goes to and fro between them. Vanthoor 2011 eq. 8.14 and 8.15, for a stack of like layers.</summary>
    public Layer Over(Layer lower)
    {
        var echo = 1 - (Reflection * lower.Reflection);
        return new(Transmission * lower.Transmission / echo, Reflection + (Transmission * Transmission * lower.Reflection / echo));
    }

    /// <summary>Reflection of this layer over something that reflects.</summary>
    public double ReflectionOver(double below) => Reflection + (Transmission * Transmission * below / (1 - (Reflection * below)));

    /// <summary>Share of the light on this layer that goes down from it to something that reflects.</summary>
    public double DownTo(double below) => Transmission / (1 - (Reflection * below));
}
