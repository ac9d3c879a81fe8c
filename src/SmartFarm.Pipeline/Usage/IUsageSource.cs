using SmartFarm.Pipeline.Clocks;

namespace SmartFarm.Pipeline.Usage;

/// <summary>One way to know how much was used. Not thread-safe.</summary>
internal interface IUsageSource
{
    /// <summary>What it goes by, for people: the name of a quantity, or of actuators.</summary>
    string Basis { get; }

    /// <summary>Adds what was used since the last look.</summary>
    void Look(Moment now);

    /// <summary>What was used since the last time this was asked; null when nothing is known of it.</summary>
    double? Take();
}
