using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules;

/// <summary>A rule as it is written, shared by all zones.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">The <c>version</c> given, or else its fingerprint.</param>
/// <param name="Fingerprint">Hash of its meaning: what it remembers is kept as long as this stays.</param>
/// <param name="Kind">Word of its kind.</param>
/// <param name="Level">Its step on the ladder.</param>
/// <param name="Logic">What it does.</param>
/// <param name="Actuators">Actuators that it may move, by slot.</param>
/// <param name="Signals">Signals that it looks at, by slot.</param>
/// <param name="Timers">Number of its timers.</param>
/// <param name="Memory">Number of its remembered numbers.</param>
/// <param name="Windows">Its windows.</param>
/// <param name="HoldMs">How long it keeps what it asked for while it is blind; null: for ever.</param>
/// <param name="Alarm">The alarm it raises while it is on; null for none.</param>
/// <param name="Place">File and line, for findings.</param>
internal sealed record RuleDefinition(
    string Id,
    string Version,
    string Fingerprint,
    string Kind,
    Authority Level,
    RuleLogic Logic,
    IReadOnlyList<string> Actuators,
    IReadOnlyList<Signal> Signals,
    int Timers,
    int Memory,
    IReadOnlyList<Window> Windows,
    long? HoldMs,
    AlarmText? Alarm,
    RulePlace Place)
{
    public string Source { get; } = $"{Id}@{Version}";

    /// <summary>Interlocks and protection: what they see is not a wish but a must.</summary>
    public bool IsSafety => Level < Authority.Manual;
}

/// <summary>What an alarm says.</summary>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Text">What to do; empty when nobody wrote it.</param>
/// <param name="Within">Of a guard: how long after its rule set was put in charge it may take it back; null for an alarm.</param>
internal sealed record AlarmText(string Severity, string Text, TimeSpan? Within = null);

/// <summary>Where a rule stands.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">Line of its <c>id</c>.</param>
/// <param name="Column">Column of it.</param>
internal sealed record RulePlace(string File, int Line, int Column);

/// <summary>A rule in one zone.</summary>
/// <param name="Definition">The rule.</param>
/// <param name="Signals">The zone's signal for each of its slots.</param>
/// <param name="Actuators">The zone's actuator for each of its slots; −1 where the zone has none of that name.</param>
/// <param name="Slots">The zone's actuator for each of its slots; null where the zone has none of that name.</param>
/// <param name="Constants">Targets and limits that are written, by list and slot, in the units of the zone's actuators; NaN for none.</param>
/// <param name="Output">The signal that it computes; −1 for none.</param>
internal sealed record ZoneRule(RuleDefinition Definition, int[] Signals, int[] Actuators, Actuator?[] Slots, double[][] Constants, int Output);
