namespace SmartFarm.Simulator.Faults.Delivery;

internal sealed class Late(FaultSettings settings) : DeliveryFault(settings)
{
    public static readonly FaultKind Kind = new(
        "late",
        FaultPlace.Node,
        "Everything takes long, in order: a radio that must wait for its turn.",
        settings => new Late(settings),
        FaultParameter.Duration("by", "30 s", "how long"),
        Of);

    private readonly TimeSpan _by = settings.Duration("by");

    protected override IReadOnlyList<TimeSpan> Deliveries() => [_by];
}
