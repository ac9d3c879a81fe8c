using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Loading;

/// <summary>A list at the top of a rule file.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Kind">The kind of its items that name none; null when each must.</param>
/// <param name="Word">What an item is called in errors.</param>
/// <param name="Levels">Words after <c>level:</c>; the first is the one when left out.</param>
/// <param name="Example">The id of an example.</param>
internal sealed record RuleSection(string Key, string Kind, string Word, IReadOnlyList<(string Word, Authority Level)> Levels, string Example)
{
    /// <summary>Values and set points: read before everything that may use them.</summary>
    public static readonly IReadOnlyList<RuleSection> Computing =
    [
        new("values", "value", "value", [("rule", Authority.Rule)], "deficit"),
        new("programmes", "programme", "programme", [("rule", Authority.Rule)], "day-temperature"),
    ];

    /// <summary>What moves and what tells.</summary>
    public static readonly IReadOnlyList<RuleSection> Acting =
    [
        new("rules", "threshold", "rule", [("rule", Authority.Rule), ("crop-protection", Authority.CropProtection)], "vent-on-heat"),
        new("interlocks", "threshold", "interlock", [("interlock", Authority.Interlock), ("protection", Authority.Protection), ("device-fault", Authority.DeviceFault)], "storm"),
        new("alarms", "alarm", "alarm", [("rule", Authority.Rule)], "too-cold"),
        new("guards", "alarm", "guard", [("rule", Authority.Rule)], "too-hot-after-the-change"),
        new("defaults", "default", "default", [("default", Authority.Default)], "vents-closed"),
    ];

    /// <summary>Whether its items outrank persons.</summary>
    public bool IsSafety => Levels[0].Level < Authority.Manual;

    /// <summary>Whether its items take their own rule set back when they come true soon after it was put in charge.</summary>
    public bool IsGuard => Key == "guards";

    /// <summary>Whether its items compute signals.</summary>
    public bool IsComputing => Computing.Contains(this);
}
