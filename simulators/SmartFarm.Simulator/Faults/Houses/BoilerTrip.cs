using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class BoilerTrip(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "boiler_trip",
        FaultPlace.House,
        "The boiler has tripped: the valves open, and the pipes get cold.",
        settings => new BoilerTrip(settings));

    public override HouseControls Apply(HouseControls controls) => controls with { Heating = 0 };
}
