using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class Backlash(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "backlash",
        FaultPlace.Controller,
        "Worn gears: what is moved lags behind the motor by half the play, either way.",
        settings => new Backlash(settings),
        FaultParameter.Number("play", 5, 0, 1e6, "the play, in the unit of the actuator"));

    private readonly double _play = settings.Number("play");

    public override void Apply(ref DriveCondition condition) => condition.Backlash = _play;
}
