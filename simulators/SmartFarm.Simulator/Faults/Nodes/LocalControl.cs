using SmartFarm.Domain.Commands;

namespace SmartFarm.Simulator.Faults.Nodes;

internal sealed class LocalControl(FaultSettings settings) : NodeFault(settings)
{
    public static readonly FaultKind Kind = new(
        "local_control",
        FaultPlace.Controller,
        "Somebody turns the key at the node: the backend is refused until it is turned back.",
        settings => new LocalControl(settings),
        FaultParameter.Choice("mode", ["manual", "local"], "what it is turned to"));

    private readonly ControlMode _mode = settings.Word("mode") == "local" ? ControlMode.Local : ControlMode.Manual;

    public override void Apply(ref NodeCondition condition, DateTimeOffset now) => condition.Key = _mode;
}
