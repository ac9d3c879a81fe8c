namespace SmartFarm.Simulator.Faults.Delivery;

internal sealed class Lost(FaultSettings settings) : DeliveryFault(settings)
{
    public static readonly FaultKind Kind = new(
        "lost",
        FaultPlace.Node,
        "Some messages never arrive, and nobody notices: a radio without acknowledgement, or answers that are not sent.",
        settings => new Lost(settings),
        FaultParameter.Number("share", 0.3, 0, 1, "share of the messages"),
        Of);

    private readonly double _share = settings.Number("share");

    protected override IReadOnlyList<TimeSpan> Deliveries() => Happens(_share) ? [] : [TimeSpan.Zero];
}
