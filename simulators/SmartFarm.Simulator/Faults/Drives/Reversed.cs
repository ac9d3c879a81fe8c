using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class Reversed(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "reversed",
        FaultPlace.Controller,
        "Wired the wrong way round: runs away from the target.",
        settings => new Reversed(settings));

    public override void Apply(ref DriveCondition condition) => condition.IsReversed = true;
}
