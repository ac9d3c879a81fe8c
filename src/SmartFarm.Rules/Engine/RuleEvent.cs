using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Engine;

/// <summary>Whose value it is.</summary>
public enum RuleScope : byte
{
    /// <summary>The zone's own climate.</summary>
    Zone,

    /// <summary>The devices of the whole site: weather, tank, meter.</summary>
    Site,
}

/// <summary>What the engine is told: a value, or that time has passed.</summary>
/// <param name="TimeMs">Event time, Unix ms. A value whose time failed the clock check must not be told: one in the future makes every later one late.</param>
/// <param name="Quantity">Which quantity; null for a tick.</param>
/// <param name="Scope">Whose.</param>
/// <param name="Value">How much, in the canonical unit.</param>
/// <param name="IsUsable">Whether it may be relied on; a flagged or missing value makes the quantity unknown.</param>
/// <param name="StaleAfterMs">Age above which it is unknown.</param>
public readonly record struct RuleEvent(long TimeMs, Quantity? Quantity, RuleScope Scope, double Value, bool IsUsable, long StaleAfterMs)
{
    /// <summary>A value was formed.</summary>
    public static RuleEvent Observed(long timeMs, RuleScope scope, Quantity quantity, double value, bool isUsable, long staleAfterMs) =>
        new(timeMs, quantity, scope, value, isUsable, staleAfterMs);

    /// <summary>
    /// Nothing older than this is expected any more: what was due before is done, each at its own time. Ticks more or less often
    /// change when a decision is handed out, never what it is. A tick that lags the clock by the usual network delay is kinder to slow readings.
    /// </summary>
    public static RuleEvent Tick(long timeMs) => new(timeMs, null, default, 0, false, 0);
}
