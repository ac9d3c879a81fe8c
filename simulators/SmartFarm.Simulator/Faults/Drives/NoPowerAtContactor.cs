using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class NoPowerAtContactor(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "no_power_at_contactor",
        FaultPlace.Controller,
        "The load has no supply: a switch reports on and nothing happens; a motor stays.",
        settings => new NoPowerAtContactor(settings));

    public override void Apply(ref DriveCondition condition) => condition.HasNoPower = true;
}
