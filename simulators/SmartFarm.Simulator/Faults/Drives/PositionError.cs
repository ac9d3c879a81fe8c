using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class PositionError(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "position_error",
        FaultPlace.Controller,
        "The position is measured wrong, except at the end switches: it stops at the wrong place and believes it is right.",
        settings => new PositionError(settings),
        FaultParameter.Number("by", 5, -1e6, 1e6, "what is measured too much, in the unit of the actuator"));

    private readonly double _by = settings.Number("by");

    public override void Apply(ref DriveCondition condition) => condition.PositionError = _by;
}
