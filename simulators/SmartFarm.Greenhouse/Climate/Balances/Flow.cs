namespace SmartFarm.Greenhouse.Climate.Balances;

/// <summary>
/// A flow from one node to another: heat in W/m², or vapour in kg m⁻² s⁻¹. Around the beginning of a step it is linear in the two nodes,
/// and what it is at the end of the step counts for the whole step. Between a heat node and a vapour node water changes phase: the heat node
/// gives or takes the heat of evaporation.
/// </summary>
/// <param name="From">Where it leaves.</param>
/// <param name="To">Where it arrives.</param>
/// <param name="Start">Its size at the beginning of the step.</param>
/// <param name="ByFrom">How it grows with the node it leaves, 0 or more.</param>
/// <param name="ByTo">How it shrinks with the node where it arrives, 0 or more.</param>
internal readonly record struct Flow(Node From, Node To, double Start, double ByFrom, double ByTo)
{
    /// <summary>The least it can be, as what only condenses cannot evaporate.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The most it can be, as fog cannot evaporate more than the nozzles give.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>Heat through a conductance, W m⁻² K⁻¹.</summary>
    public static Flow Exchange(Node from, Node to, double conductance, double fromC, double toC) =>
        new(from, to, conductance * (fromC - toC), conductance, conductance);

    /// <summary>A flow that nothing in the house changes.</summary>
    public static Flow Into(Node to, double amount) => new(Node.Around, to, amount, 0, 0);

    /// <summary>The flow at a fixed size.</summary>
    public Flow HeldAt(double amount) => new(From, To, amount, 0, 0);

    /// <summary>Its size when its nodes have changed by so much.</summary>
    public double At(ReadOnlySpan<double> change) =>
        Start + (From == Node.Around ? 0 : ByFrom * change[(int)From]) - (To == Node.Around ? 0 : ByTo * change[(int)To]);
}
