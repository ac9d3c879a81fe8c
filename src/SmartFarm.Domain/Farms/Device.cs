using SmartFarm.Domain.Quantities;

namespace SmartFarm.Domain.Farms;

/// <summary>A sensor device.</summary>
/// <param name="Id">Lasting logical name, unique in its site; the tag <c>device</c>.</param>
/// <param name="Address">What it calls itself on the wire; changes when the device is swapped.</param>
/// <param name="Format">Name of its payload format.</param>
/// <param name="Interval">Expected time between messages.</param>
/// <param name="StaleAfter">Age after which its values are no longer used.</param>
/// <param name="Quantities">What it measures; what it sends beside these is quarantined as unknown. Empty: any known quantity.</param>
public sealed record Device(string Id, string Address, string Format, TimeSpan Interval, TimeSpan StaleAfter, IReadOnlyList<Quantity> Quantities);
