namespace SmartFarm.Simulator.Faults;

/// <summary>When a fault is there, by the clock of the wire.</summary>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it; null: it stays.</param>
public readonly record struct FaultWindow(DateTimeOffset Start, DateTimeOffset? End)
{
    /// <summary>Whether the fault is there at a moment.</summary>
    public bool IsOpen(DateTimeOffset now) => now >= Start && !(now >= End);
}
