using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class LampFailure(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "lamp_failure",
        FaultPlace.House,
        "The lamps are dark although their contactor is closed.",
        settings => new LampFailure(settings));

    public override HouseControls Apply(HouseControls controls) => controls with { Lamps = 0 };
}
