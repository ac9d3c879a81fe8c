namespace SmartFarm.Simulator.Faults;

/// <summary>What all faults have.</summary>
internal abstract class Fault(FaultSettings settings) : IFault
{
    FaultKind IFault.Kind => settings.Kind;

    public FaultWindow Window => settings.Window;

    protected Random Random => settings.Random;

    /// <summary>True once in so many times.</summary>
    protected bool Happens(double share) => Random.NextDouble() < share;

    /// <summary>Days since it began.</summary>
    protected double Days(DateTimeOffset now) => (now - Window.Start).TotalDays;
}
