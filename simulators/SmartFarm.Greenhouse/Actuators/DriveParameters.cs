namespace SmartFarm.Greenhouse.Actuators;

/// <summary>A motor with what it moves, as it was built. A switch is a drive without travel.</summary>
/// <param name="Min">One end of its range.</param>
/// <param name="Max">The other end.</param>
/// <param name="Travel">Time of a full stroke; zero when it acts at once.</param>
public readonly record struct DriveParameters(double Min, double Max, TimeSpan Travel)
{
    /// <summary>Differences up to this do not start the motor, in the unit of the range.</summary>
    public double DeadBand { get; init; }

    /// <summary>Play between the motor, where the position is measured, and what it moves, in the unit of the range.</summary>
    public double Backlash { get; init; }
}
