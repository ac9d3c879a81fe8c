using SmartFarm.Domain.Quantities;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.Faults.Signals;

/// <summary>Where in a sensor a fault sits, in the order in which a value passes.</summary>
internal enum SignalStage
{
    /// <summary>What surrounds the element: before its own lag.</summary>
    Element,

    /// <summary>Element and amplifier: before its own noise.</summary>
    Amplifier,

    /// <summary>What the device reads and shows: after range and steps.</summary>
    Reading,
}

/// <summary>What a fault can know of the moment of a reading.</summary>
/// <param name="Quantity">What is measured.</param>
/// <param name="Scene">What there is to measure.</param>
/// <param name="Now">The moment.</param>
internal readonly record struct Moment(Quantity Quantity, Scene Scene, DateTimeOffset Now);

/// <summary>A fault of a sensor: makes another value of a value, in the canonical unit; NaN when there is none.</summary>
internal abstract class SignalFault(FaultSettings settings) : Fault(settings)
{
    public abstract SignalStage Stage { get; }

    /// <summary>The value after this fault. Called once a reading, in order of time, while the window is open.</summary>
    public abstract double Apply(double value, in Moment moment);
}
