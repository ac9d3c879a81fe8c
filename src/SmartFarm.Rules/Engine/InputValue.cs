namespace SmartFarm.Rules.Engine;

/// <summary>The newest value of a signal.</summary>
internal record struct InputValue(double Value, long TimeMs, long StaleAfterMs, bool IsUsable, bool IsKnown)
{
    /// <summary>First instant at which it is stale.</summary>
    public readonly long StaleAtMs => StaleAfterMs >= long.MaxValue - Math.Max(0, TimeMs) ? long.MaxValue : TimeMs + StaleAfterMs + 1;

    public readonly bool IsFresh(long nowMs) => IsKnown && IsUsable && nowMs < StaleAtMs;
}
