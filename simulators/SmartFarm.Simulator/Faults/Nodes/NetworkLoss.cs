namespace SmartFarm.Simulator.Faults.Nodes;

internal sealed class NetworkLoss(FaultSettings settings) : NodeFault(settings)
{
    public static readonly FaultKind Kind = new(
        "network_loss",
        FaultPlace.Node,
        "Does not reach the broker: hears nothing, keeps what it has to say, and sends that afterwards with its old time stamps.",
        settings => new NetworkLoss(settings),
        FaultParameter.Number("keep", 1000, 0, 100_000, "messages kept; past this the oldest are lost"),
        FaultParameter.Number("per_second", 20, 0.01, 100_000, "kept messages sent a second afterwards"));

    private readonly int _keep = (int)settings.Number("keep");
    private readonly double _perSecond = settings.Number("per_second");

    public override void Apply(ref NodeCondition condition, DateTimeOffset now) =>
        (condition.IsReachable, condition.Keep, condition.FlushPerSecond) = (false, _keep, _perSecond);
}
