using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language;

/// <summary>What a <c>for</c> remembers.</summary>
/// <param name="Last">Truth of the inner condition when it was last seen.</param>
/// <param name="SinceMs">When it became true.</param>
/// <param name="Before">What it was before it became true.</param>
internal record struct HoldTimer(Truth Last, long SinceMs, Truth Before);
