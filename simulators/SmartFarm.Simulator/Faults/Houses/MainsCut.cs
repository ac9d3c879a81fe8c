using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class MainsCut(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "mains_cut",
        FaultPlace.House,
        "No water from the mains: the tank is not refilled, and lasts as long as it lasts.",
        settings => new MainsCut(settings));

    public override HouseControls Apply(HouseControls controls) => controls with { MainsCut = 1 };
}
