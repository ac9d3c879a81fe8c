using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class Stiction(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "stiction",
        FaultPlace.Controller,
        "What is moved sticks at rest and follows only a large enough pull; the position is measured at the motor.",
        settings => new Stiction(settings),
        FaultParameter.Number("band", 5, 0, 1e6, "pull that breaks it loose, in the unit of the actuator"));

    private readonly double _band = settings.Number("band");

    public override void Apply(ref DriveCondition condition) => condition.Stiction = _band;
}
