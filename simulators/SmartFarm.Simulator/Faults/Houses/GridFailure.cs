using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class GridFailure(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "grid_failure",
        FaultPlace.House,
        "No mains power for pumps, burners, fans and lamps; controllers and vents live on their battery.",
        settings => new GridFailure(settings));

    public override HouseControls Apply(HouseControls controls) => controls with { Heating = 0, Fog = 0, PadFan = 0, Co2 = 0, Lamps = 0, Irrigation = 0, CirculationFan = 0 };
}
