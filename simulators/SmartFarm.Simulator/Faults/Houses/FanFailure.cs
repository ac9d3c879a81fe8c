using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class FanFailure(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "fan_failure",
        FaultPlace.House,
        "The fans stand still: neither pads nor stirring of the air.",
        settings => new FanFailure(settings));

    public override HouseControls Apply(HouseControls controls) => controls with { PadFan = 0, CirculationFan = 0 };
}
