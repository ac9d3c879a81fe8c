using SmartFarm.Domain.Quantities;

namespace SmartFarm.Domain.Farms;

/// <summary>What an actuator gives or takes while it is fully on or open: heat, power, water or gas.</summary>
/// <param name="PerHour">How much in an hour, in <paramref name="Total"/>.</param>
/// <param name="Total">Unit of the total: kWh, L or kg.</param>
public sealed record Capacity(double PerHour, Unit Total);
