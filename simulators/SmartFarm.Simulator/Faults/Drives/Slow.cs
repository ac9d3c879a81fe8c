using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class Slow(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "slow",
        FaultPlace.Controller,
        "Takes longer for its way: a tired motor, a sail that drags.",
        settings => new Slow(settings),
        FaultParameter.Number("factor", 3, 1, 1000, "how many times as long"));

    private readonly double _factor = settings.Number("factor");

    public override void Apply(ref DriveCondition condition) => condition.Speed /= _factor;
}
