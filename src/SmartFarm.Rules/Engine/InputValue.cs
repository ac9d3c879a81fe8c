using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Engine;

/// <summary>The newest value of a quantity.</summary>
internal record struct InputValue(double Value, long TimeMs, long StaleAfterMs, bool IsUsable, bool IsKnown)
{
    /// <summary>Number of inputs of a zone: every quantity of the zone, then every quantity of its site.</summary>
    public static int Count => 2 * Quantities.All.Count;

    /// <summary>First instant at which it is stale.</summary>
    public readonly long StaleAtMs => TimeMs + StaleAfterMs + 1;

    public static int IndexOf(RuleScope scope, Quantity quantity) => (scope == RuleScope.Site ? Quantities.All.Count : 0) + quantity.Index;

    public readonly bool IsFresh(long nowMs) => IsKnown && IsUsable && nowMs < StaleAtMs;
}
