namespace SmartFarm.Simulator.Faults.Delivery;

internal sealed class Duplicate(FaultSettings settings) : DeliveryFault(settings)
{
    public static readonly FaultKind Kind = new(
        "duplicate",
        FaultPlace.Node,
        "Sends messages twice.",
        settings => new Duplicate(settings),
        FaultParameter.Number("share", 1, 0, 1, "share of the messages"),
        FaultParameter.Duration("after", "0 s", "time between the two"),
        Of);

    private readonly double _share = settings.Number("share");
    private readonly TimeSpan _after = settings.Duration("after");

    protected override IReadOnlyList<TimeSpan> Deliveries() => Happens(_share) ? [TimeSpan.Zero, _after] : [TimeSpan.Zero];
}
