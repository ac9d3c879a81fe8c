using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class Co2Empty(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "co2_empty",
        FaultPlace.House,
        "The CO₂ bottle is empty: valves open, and nothing comes.",
        settings => new Co2Empty(settings));

    public override HouseControls Apply(HouseControls controls) => controls with { Co2 = 0 };
}
