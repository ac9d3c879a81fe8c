namespace SmartFarm.Domain.Farms;

/// <summary>A node that moves actuators and reports their state.</summary>
/// <param name="Id">Lasting logical name, unique in its site.</param>
/// <param name="Address">What it calls itself on the wire.</param>
/// <param name="Format">Name of its command format.</param>
/// <param name="Actuators">What it moves.</param>
public sealed record Controller(string Id, string Address, string Format, IReadOnlyList<Actuator> Actuators);
