namespace SmartFarm.Domain.Farms;

/// <summary>Actuators of one site that share something of which there is not enough for all: a pump, a fuse, a boiler.</summary>
/// <param name="Id">Lasting name, unique in its site.</param>
/// <param name="Capacity">How much there is, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Symbol of the unit; empty when members are counted.</param>
/// <param name="Members">Who shares it, at least two.</param>
public sealed record ActuatorGroup(string Id, double Capacity, string Unit, IReadOnlyList<GroupMember> Members);

/// <summary>A member of a group.</summary>
/// <param name="Zone">Zone of the actuator.</param>
/// <param name="Actuator">Name of the actuator in its zone.</param>
/// <param name="Load">What it takes when it is fully on, more than zero; in proportion to its position in between.</param>
public sealed record GroupMember(string Zone, string Actuator, double Load);
