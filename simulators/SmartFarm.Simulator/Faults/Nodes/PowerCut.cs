namespace SmartFarm.Simulator.Faults.Nodes;

internal sealed class PowerCut(FaultSettings settings) : NodeFault(settings)
{
    public static readonly FaultKind Kind = new(
        "power_cut",
        FaultPlace.Node,
        "No supply: silent. Motors stay where they are and relays drop out; with the supply the node starts anew.",
        settings => new PowerCut(settings));

    public override void Apply(ref NodeCondition condition, DateTimeOffset now) => condition.HasPower = false;
}
