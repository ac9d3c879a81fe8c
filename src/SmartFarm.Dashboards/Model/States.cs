namespace SmartFarm.Dashboards.Model;

/// <summary>Words for what is stored as a number or a name. A sign stands before each that matters, for those who do not see colours.</summary>
internal static class States
{
    private const string Quiet = "#8e959e";

    /// <summary>How a zone is.</summary>
    public static readonly IReadOnlyList<Mapping> OfZone = [new(0, null, "fine", "green"), new(1, null, "look", "orange"), new(2, null, "act", "red"), new(3, null, "blind", "purple")];

    /// <summary>How bad an alarm is.</summary>
    public static readonly IReadOnlyList<Mapping> Severities =
        [Mapping.OfText("critical", "critical", "red"), Mapping.OfText("warning", "warning", "orange"), Mapping.OfText("info", "info", "blue")];

    /// <summary>Whether somebody knows of an alarm.</summary>
    public static readonly IReadOnlyList<Mapping> Acknowledged = [new(0, null, "not_acknowledged", "orange"), new(1, null, "acknowledged", "green")];

    /// <summary>What happened to an alarm.</summary>
    public static readonly IReadOnlyList<Mapping> Alarms =
        [Mapping.OfText("raised", "raised", "red"), Mapping.OfText("acknowledged", "acknowledged", "blue"), Mapping.OfText("cleared", "cleared", "green")];

    /// <summary>What became of a command: whether it had its effect.</summary>
    public static readonly IReadOnlyList<Mapping> Outcomes =
    [
        Mapping.OfText("succeeded", "succeeded", "green"),
        Mapping.OfText("no_effect", "no_effect", "red"),
        Mapping.OfText("failed", "failed", "red"),
        Mapping.OfText("rejected", "rejected", "red"),
        Mapping.OfText("timed_out", "timed_out", "red"),
        Mapping.OfText("expired", "expired", "orange"),
        Mapping.OfText("superseded", "superseded", Quiet),
        Mapping.OfText("cancelled", "cancelled", Quiet),
    ];

    /// <summary>Steps of the ladder, the strongest first.</summary>
    public static readonly IReadOnlyList<Mapping> Levels =
    [
        Mapping.OfText("emergency_stop", "emergency_stop", "red"),
        Mapping.OfText("protection", "protection", "orange"),
        Mapping.OfText("device_fault", "device_fault", "red"),
        Mapping.OfText("interlock", "interlock", "orange"),
        Mapping.OfText("manual", "manual", "purple"),
        Mapping.OfText("crop_protection", "crop_protection", "yellow"),
        Mapping.OfText("rule", "rule", "green"),
        Mapping.OfText("default", "default", Quiet),
        Mapping.OfText("safe_state", "safe_state", "blue"),
    ];

    /// <summary>What a condition came to.</summary>
    public static readonly IReadOnlyList<Mapping> Truths =
        [Mapping.OfText("true", "true", "green"), Mapping.OfText("false", "false", Quiet), Mapping.OfText("unknown", "unknown", "orange")];

    /// <summary>A distance from a band.</summary>
    public static readonly IReadOnlyList<Mapping> Deviations = [new(0, null, "within", "green")];
}
