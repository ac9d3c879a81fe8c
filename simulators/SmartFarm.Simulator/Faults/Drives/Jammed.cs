using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class Jammed(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "stuck",
        FaultPlace.Controller,
        "Stays where it is, whatever is asked; the measured position says so.",
        settings => new Jammed(settings));

    public override void Apply(ref DriveCondition condition) => condition.Speed = 0;
}
