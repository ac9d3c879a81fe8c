using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class FoggerFailure(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "fogger_failure",
        FaultPlace.House,
        "Nozzles are clogged: the pump runs, and less fog comes.",
        settings => new FoggerFailure(settings),
        FaultParameter.Number("left", 0, 0, 1, "share of the flow that is left"));

    private readonly double _left = settings.Number("left");

    public override HouseControls Apply(HouseControls controls) => controls with { Fog = controls.Fog * _left };
}
