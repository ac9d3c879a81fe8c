using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>Where a rule stands.</summary>
internal enum Latch : byte
{
    /// <summary>Just started, or handed over after blindness: neither its start nor its end has been known to be true yet.</summary>
    Idle,

    /// <summary>Ended, or never begun.</summary>
    Off,

    /// <summary>Begun and not ended.</summary>
    On,
}

/// <summary>What a rule asks for.</summary>
internal enum Ask : byte
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Its <c>set</c>, or <c>force</c>.</summary>
    Set,

    /// <summary>Its <c>otherwise</c>.</summary>
    Otherwise,

    /// <summary>The safe state of what it had: it has been blind for too long.</summary>
    Safe,
}

/// <summary>What a rule came to; a trace is written when it changes.</summary>
/// <param name="Latch">Where it stands.</param>
/// <param name="Ask">What it asks for.</param>
/// <param name="IsBlind">Whether it cannot see what it needs to go on or off.</param>
/// <param name="Start">Truth of its start, without timers.</param>
/// <param name="End">Truth of its end, without timers.</param>
/// <param name="Lost">Actuators, by bit, that somebody else won.</param>
internal readonly record struct Outcome(Latch Latch, Ask Ask, bool IsBlind, Truth Start, Truth End, ulong Lost)
{
    /// <summary>Whether the rule is on; unknown while it is blind or has not found out yet.</summary>
    public Truth Truth => IsBlind || Latch == Latch.Idle ? Truth.Unknown : Latch == Latch.On ? Truth.True : Truth.False;
}

/// <summary>What a rule remembers.</summary>
internal struct RuleState
{
    /// <summary>What it came to so far.</summary>
    public Outcome Outcome;

    /// <summary>What was last traced; null before the first trace.</summary>
    public Outcome? Traced;

    /// <summary>Since when it has been blind; of no meaning while it is not.</summary>
    public long BlindSinceMs;

    /// <summary>Its timers.</summary>
    public HoldTimer[] Timers;
}
