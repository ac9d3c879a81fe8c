using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class Welded(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "welded",
        FaultPlace.Controller,
        "The contact of a switch is welded: once on, the load stays on, and the report says off.",
        settings => new Welded(settings));

    public override void Apply(ref DriveCondition condition) => condition.IsWelded = true;
}
