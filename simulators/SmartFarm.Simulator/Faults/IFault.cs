namespace SmartFarm.Simulator.Faults;

/// <summary>A fault at one place, with its own memory and chance. Not thread-safe.</summary>
public interface IFault
{
    /// <summary>What kind of fault it is.</summary>
    FaultKind Kind { get; }

    /// <summary>When it is there. Outside of this it is not asked.</summary>
    FaultWindow Window { get; }
}
