namespace SmartFarm.Simulator.Faults.Delivery;

internal sealed class OutOfOrder(FaultSettings settings) : DeliveryFault(settings)
{
    public static readonly FaultKind Kind = new(
        "out_of_order",
        FaultPlace.Node,
        "Some messages are overtaken by later ones.",
        settings => new OutOfOrder(settings),
        FaultParameter.Number("share", 0.3, 0, 1, "share of the messages that are held back"),
        FaultParameter.Duration("up_to", "1 min", "longest time that one is held back"),
        Of);

    private readonly double _share = settings.Number("share");
    private readonly TimeSpan _upTo = settings.Duration("up_to");

    protected override IReadOnlyList<TimeSpan> Deliveries() => [Happens(_share) ? _upTo * Random.NextDouble() : TimeSpan.Zero];
}
