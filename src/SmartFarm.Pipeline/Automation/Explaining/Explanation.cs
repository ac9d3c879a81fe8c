using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Automation.Sets;

namespace SmartFarm.Pipeline.Automation.Explaining;

/// <summary>Why an actuator was where it was at an instant, and why it was not elsewhere.</summary>
/// <param name="Place">Which actuator.</param>
/// <param name="AtMs">The instant, Unix ms.</param>
/// <param name="Winner">Who had it; null when nobody had asked for anything yet, or nothing so old is kept.</param>
/// <param name="Earlier">Who had it before, newest first.</param>
/// <param name="Set">The rule set that was in charge; null when it is not known.</param>
/// <param name="Rules">Every rule that may move it, with what it had come to.</param>
/// <param name="Inputs">What the rules could see.</param>
/// <param name="Actuator">What its controller reported, and what held a command back.</param>
/// <param name="Commands">Commands to it around that time, newest first.</param>
public sealed record Explanation(
    ActuatorPlace Place,
    long AtMs,
    WinnerWord? Winner,
    IReadOnlyList<WinnerWord> Earlier,
    RuleSetHead? Set,
    IReadOnlyList<RuleWord> Rules,
    IReadOnlyList<InputWord> Inputs,
    ActuatorWord? Actuator,
    IReadOnlyList<CommandWord> Commands);

/// <summary>An actuator and where it stands.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="Actuator">The actuator as configured.</param>
public sealed record ActuatorPlace(Site Site, Zone Zone, Actuator Actuator);

/// <summary>Who had an actuator from an instant on.</summary>
/// <param name="SinceMs">Since when, as far as it was noted; Unix ms.</param>
/// <param name="Target">Where it was to be, in its unit.</param>
/// <param name="Level">By which step of the ladder: <c>rule</c>, <c>interlock</c>, <c>manual</c> ….</param>
/// <param name="Source">Rule or person.</param>
/// <param name="Reason">Why, with the inputs.</param>
/// <param name="Losers">Who wanted something else and why they did not get it; empty when nobody did.</param>
/// <param name="Trust">Share of the zone's sensors that could be relied on, 0..1.</param>
/// <param name="Version">Rule set.</param>
public sealed record WinnerWord(long SinceMs, double Target, string Level, string Source, string Reason, string Losers, double? Trust, int Version);

/// <summary>What a rule had come to.</summary>
/// <param name="Rule">The rule, as <c>id@version</c>.</param>
/// <param name="TimeMs">When it had come to that, or was asked; Unix ms. Null when it had not come to anything yet.</param>
/// <param name="Truth"><c>true</c>, <c>false</c> or <c>unknown</c>.</param>
/// <param name="Target">What it asked for first; null: nothing.</param>
/// <param name="Text">Inputs, timers, and who overruled it.</param>
public sealed record RuleWord(string Rule, long? TimeMs, string Truth, double? Target, string Text);

/// <summary>A value that the rules could see.</summary>
/// <param name="Name">Quantity; those of the whole site begin with <c>site.</c>.</param>
/// <param name="Unit">Symbol of its unit.</param>
/// <param name="Value">How much.</param>
/// <param name="TimeMs">Of when, Unix ms.</param>
public sealed record InputWord(string Name, string Unit, double Value, long TimeMs);

/// <summary>An actuator as it was.</summary>
/// <param name="TimeMs">Of when, Unix ms.</param>
/// <param name="Target">What was wanted; null: nothing.</param>
/// <param name="Reported">What its controller had reported; null: nothing.</param>
/// <param name="Mode"><c>remote</c>, <c>local</c>, <c>manual</c> or <c>unknown</c>.</param>
/// <param name="Held">Why the wanted target was not commanded; empty when nothing held it back, or it was not noted.</param>
public sealed record ActuatorWord(long TimeMs, double? Target, double? Reported, string Mode, string Held);

/// <summary>A command to it.</summary>
/// <param name="IssuedMs">When, Unix ms.</param>
/// <param name="Target">Where to.</param>
/// <param name="Outcome">What became of it, or where it stands.</param>
/// <param name="Reason">Why.</param>
/// <param name="LatencyMs">How long it took; null while it is open.</param>
public sealed record CommandWord(long IssuedMs, double Target, string Outcome, string Reason, double? LatencyMs);
