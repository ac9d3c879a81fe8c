using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class TankEmpty(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "tank_empty",
        FaultPlace.House,
        "No water: pumps run dry, neither drip nor fog nor pads get any.",
        settings => new TankEmpty(settings));

    public override HouseControls Apply(HouseControls controls) => controls with { Irrigation = 0, Fog = 0, PadFan = 0, MainsCut = 1 };
}
