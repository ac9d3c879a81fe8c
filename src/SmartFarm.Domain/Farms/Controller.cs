namespace SmartFarm.Domain.Farms;

/// <summary>A node that moves actuators and reports their state.</summary>
/// <param name="Id">Lasting logical name, unique in its site.</param>
/// <param name="Address">What it calls itself on the wire.</param>
/// <param name="Format">Name of its command format.</param>
/// <param name="Actuators">What it moves.</param>
public sealed record Controller(string Id, string Address, string Format, IReadOnlyList<Actuator> Actuators)
{
    /// <summary>
    /// Longest time between two messages of a node that sleeps and listens only just after it has spoken (LoRaWAN class A): so long a command
    /// may wait in the network. Null: it always listens.
    /// </summary>
    public TimeSpan? Uplink { get; init; }
}
