using SmartFarm.Domain.Quantities;

namespace SmartFarm.Pipeline.State;

/// <summary>The climate of a zone at a moment. Immutable.</summary>
/// <param name="Values">What is known, measured and derived, in the order of the quantity table.</param>
/// <param name="Trust">Share of the zone's sensors that can be relied on, 0..1; 0 when it has none.</param>
public sealed record ZoneClimate(IReadOnlyList<ClimateValue> Values, double Trust);

/// <summary>One value of a climate.</summary>
/// <param name="Quantity">What.</param>
/// <param name="Value">How much, in the canonical unit.</param>
/// <param name="TimeMs">Time of the newest reading in it, by the steady clock, ms.</param>
/// <param name="IsUsable">Whether it may move anything. When false the value is the last one known.</param>
/// <param name="StaleAfterMs">Age after which it is no longer usable.</param>
public readonly record struct ClimateValue(Quantity Quantity, double Value, long TimeMs, bool IsUsable, long StaleAfterMs);
