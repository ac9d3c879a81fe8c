using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class LostFeedback(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "lost_feedback",
        FaultPlace.Controller,
        "The measured position does not change any more: the motor runs on until its controller gives up.",
        settings => new LostFeedback(settings));

    public override void Apply(ref DriveCondition condition) => condition.HasNoFeedback = true;
}
