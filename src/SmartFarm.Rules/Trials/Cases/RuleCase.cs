using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Cases;

/// <summary>A case of a <c>*.cases.yaml</c> file: what happens in a zone over time, and what must come of it. Times count from 0 at its start.</summary>
/// <param name="Name">What it shows, unique in its file.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">Line of its name.</param>
/// <param name="Site">Name of the site.</param>
/// <param name="Zone">Name of the zone whose rules it tries.</param>
/// <param name="StartMs">Unix ms at its start; null: the clock shows 0, which is enough while no rule looks at the time of day.</param>
/// <param name="Rules">A rule file of its own; null: the rules of the farm.</param>
/// <param name="Events">What happens, in the order in which it is told.</param>
/// <param name="Expected">Every decision and alarm that must come, in order; null: only the checks count.</param>
/// <param name="Only">Actuators and alarms that <paramref name="Expected"/> is about; empty: all.</param>
/// <param name="Checks">What must be wanted at certain times.</param>
/// <param name="Traces">Texts that must be part of some trace, written as <c>10 min: vent-on-heat False: …</c>.</param>
public sealed record RuleCase(
    string Name,
    string File,
    int Line,
    string Site,
    string Zone,
    long? StartMs,
    string? Rules,
    IReadOnlyList<CaseEvent> Events,
    IReadOnlyList<Expectation>? Expected,
    IReadOnlyList<string> Only,
    IReadOnlyList<StateCheck> Checks,
    IReadOnlyList<string> Traces);

/// <summary>Something that happens in a case.</summary>
/// <param name="TimeMs">When, ms from the start of the case.</param>
public abstract record CaseEvent(long TimeMs)
{
    /// <summary>Time passes.</summary>
    public sealed record Tick(long TimeMs) : CaseEvent(TimeMs);

    /// <summary>A value is formed, or an actuator reports where it is.</summary>
    /// <param name="TimeMs">When, ms from the start of the case.</param>
    /// <param name="Signal">Whose value.</param>
    /// <param name="Value">The value in the signal's unit; null when it is flagged or missing.</param>
    /// <param name="StaleAfterMs">Age above which it is unknown.</param>
    public sealed record Reading(long TimeMs, Signal Signal, double? Value, long StaleAfterMs) : CaseEvent(TimeMs);

    /// <summary>A person takes an actuator in hand.</summary>
    /// <param name="TimeMs">When, ms from the start of the case.</param>
    /// <param name="Actuator">Which.</param>
    /// <param name="Target">Where it is to be.</param>
    /// <param name="By">Who wants it.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="ForMs">For how long.</param>
    public sealed record Override(long TimeMs, string Actuator, double Target, string By, string Reason, long ForMs) : CaseEvent(TimeMs);

    /// <summary>A person lets go of an actuator.</summary>
    public sealed record Release(long TimeMs, string Actuator, string By) : CaseEvent(TimeMs);

    /// <summary>Emergency stop.</summary>
    public sealed record Stop(long TimeMs, string By, string Reason) : CaseEvent(TimeMs);

    /// <summary>The end of the emergency stop.</summary>
    public sealed record Resume(long TimeMs, string By) : CaseEvent(TimeMs);

    /// <summary>A controller says that it did what it was told.</summary>
    public sealed record Done(long TimeMs, string Actuator, double Target) : CaseEvent(TimeMs);
}

/// <summary>A decision or alarm that must come.</summary>
/// <param name="TimeMs">When, ms from the start of the case.</param>
/// <param name="What">An actuator, or an alarm.</param>
/// <param name="IsAlarm">Whether it is an alarm.</param>
/// <param name="Value">Target of the actuator; 1 when the alarm is raised and 0 when it is cleared.</param>
/// <param name="By">Start of "Authority source", such as <c>Rule vent-on-heat</c>; null: whoever it is.</param>
/// <param name="Because">Part of the reason; null: whatever it is.</param>
/// <param name="Line">Line of it.</param>
public sealed record Expectation(long TimeMs, string What, bool IsAlarm, double Value, string? By, string? Because, int Line);

/// <summary>What must be wanted of an actuator, or stand with an alarm, when everything that was due at a time is done.</summary>
/// <param name="TimeMs">When, ms from the start of the case.</param>
/// <param name="What">An actuator, or an alarm.</param>
/// <param name="IsAlarm">Whether it is an alarm.</param>
/// <param name="Value">Target of the actuator, null when nothing may be wanted; 1 or 0 for an alarm.</param>
/// <param name="Line">Line of it.</param>
public sealed record StateCheck(long TimeMs, string What, bool IsAlarm, double? Value, int Line);
