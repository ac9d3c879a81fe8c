using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class DeadBand(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "dead_band",
        FaultPlace.Controller,
        "Small changes of the target do not start the motor; ends of the range always do.",
        settings => new DeadBand(settings),
        FaultParameter.Number("band", 5, 0, 1e6, "largest change that does nothing, in the unit of the actuator"));

    private readonly double _band = settings.Number("band");

    public override void Apply(ref DriveCondition condition) => condition.DeadBand = _band;
}
