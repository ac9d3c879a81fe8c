namespace SmartFarm.Rules.Engine;

/// <summary>What kind of thing happened.</summary>
public enum RuleEventKind : byte
{
    /// <summary>Time has passed.</summary>
    Tick,

    /// <summary>A value was formed.</summary>
    Observed,

    /// <summary>A person took an actuator in hand.</summary>
    Overridden,

    /// <summary>A person let go of it.</summary>
    Released,

    /// <summary>Emergency stop.</summary>
    Stopped,

    /// <summary>The end of the emergency stop.</summary>
    Resumed,

    /// <summary>A controller says that it did what it was told.</summary>
    Acknowledged,

    /// <summary>The wall clock stands differently to the clock of the events.</summary>
    ClockSet,
}

/// <summary>A person's will over an actuator.</summary>
/// <param name="Target">Where it is to be, in the actuator's unit.</param>
/// <param name="Owner">Who wants it.</param>
/// <param name="Reason">Why.</param>
/// <param name="UntilMs">Event time at which the rules take over again.</param>
public sealed record ManualOrder(double Target, string Owner, string Reason, long UntilMs);

/// <summary>Who stopped everything, and why.</summary>
/// <param name="Owner">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SinceMs">Event time of it.</param>
public sealed record EmergencyStop(string Owner, string Reason, long SinceMs);

/// <summary>What the engine is told.</summary>
/// <param name="TimeMs">Event time, ms. A value whose time failed the clock check must not be told: one in the future makes every later one late.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Index">Which signal (by <see cref="ZoneRules.Signals"/>) or actuator (by <see cref="ZoneRules.Actuators"/>).</param>
/// <param name="Value">How much, in the unit of the signal or actuator.</param>
/// <param name="IsUsable">Whether it may be relied on; a flagged or missing value makes the signal unknown.</param>
/// <param name="StaleAfterMs">Age above which it is unknown.</param>
/// <param name="Order">Of a person: what is wanted, by whom, why, until when.</param>
public readonly record struct RuleEvent(long TimeMs, RuleEventKind Kind, int Index, double Value, bool IsUsable, long StaleAfterMs, ManualOrder? Order = null)
{
    /// <summary>A value was formed.</summary>
    /// <param name="timeMs">Event time.</param>
    /// <param name="signal">Index in <see cref="ZoneRules.Signals"/>; a negative one changes nothing.</param>
    /// <param name="value">How much, in the unit of the signal.</param>
    /// <param name="isUsable">Whether it may be relied on.</param>
    /// <param name="staleAfterMs">Age above which it is unknown.</param>
    public static RuleEvent Observed(long timeMs, int signal, double value, bool isUsable, long staleAfterMs) =>
        new(timeMs, RuleEventKind.Observed, signal, value, isUsable, staleAfterMs);

    /// <summary>
    /// Nothing older than this is expected any more: what was due before is done, each at its own time. Ticks more or less often
    /// change when a decision is handed out, never what it is. A tick that lags the clock by the usual network delay is kinder to slow readings.
    /// </summary>
    public static RuleEvent Tick(long timeMs) => new(timeMs, RuleEventKind.Tick, -1, 0, false, 0);

    /// <summary>A person takes an actuator in hand until the end of the order.</summary>
    public static RuleEvent Overridden(long timeMs, int actuator, ManualOrder order) => new(timeMs, RuleEventKind.Overridden, actuator, order.Target, true, 0, order);

    /// <summary>A person lets go of an actuator before the end of the order.</summary>
    public static RuleEvent Released(long timeMs, int actuator, string by) => new(timeMs, RuleEventKind.Released, actuator, 0, true, 0, new ManualOrder(0, by, "", timeMs));

    /// <summary>Everything goes to its emergency state and stays there.</summary>
    public static RuleEvent Stopped(long timeMs, string owner, string reason) => new(timeMs, RuleEventKind.Stopped, -1, 0, true, 0, new ManualOrder(0, owner, reason, timeMs));

    /// <summary>The emergency is over; the rules take over again.</summary>
    public static RuleEvent Resumed(long timeMs, string owner) => new(timeMs, RuleEventKind.Resumed, -1, 0, true, 0, new ManualOrder(0, owner, "", timeMs));

    /// <summary>A controller says that it did what it was told: from now on its effect is waited for.</summary>
    public static RuleEvent Acknowledged(long timeMs, int actuator, double target) => new(timeMs, RuleEventKind.Acknowledged, actuator, target, true, 0);

    /// <summary>Wall time is event time plus this, from now on.</summary>
    public static RuleEvent ClockSet(long timeMs, long wallOffsetMs) => new(timeMs, RuleEventKind.ClockSet, -1, wallOffsetMs, true, 0);
}
