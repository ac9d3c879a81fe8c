using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

internal sealed class TornCover(FaultSettings settings) : HouseFault(settings)
{
    public static readonly FaultKind Kind = new(
        "torn_cover",
        FaultPlace.House,
        "The film is torn, or a vent was ripped open: air goes through a hole that no motor closes.",
        settings => new TornCover(settings),
        FaultParameter.Number("hole", 0.3, 0, 1, "the hole, as share of a side vent that is fully open"));

    private readonly double _hole = settings.Number("hole");

    public override HouseControls Apply(HouseControls controls) => controls with { SideVent = Math.Max(controls.SideVent, _hole) };
}
