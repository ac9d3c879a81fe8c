namespace SmartFarm.Simulator.Faults.Delivery;

/// <summary>A fault of the way from a node to the broker: when, and how often, a message goes out.</summary>
internal abstract class DeliveryFault(FaultSettings settings) : Fault(settings)
{
    /// <summary>The parameter that names the messages it concerns: the last level of their topic.</summary>
    protected static readonly FaultParameter Of = FaultParameter.Choice("of", ["all", "telemetry", "reply", "state"], "which messages");

    private readonly string _of = settings.Word("of");

    /// <summary>How long each copy of a message is held back; none when it is lost. Called once a message.</summary>
    /// <param name="topic">Its topic, of which only the last level counts.</param>
    public IReadOnlyList<TimeSpan> Deliveries(string topic) =>
        _of == "all" || topic.EndsWith("/" + _of, StringComparison.Ordinal) ? Deliveries() : [TimeSpan.Zero];

    protected abstract IReadOnlyList<TimeSpan> Deliveries();
}
