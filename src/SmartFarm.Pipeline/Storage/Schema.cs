namespace SmartFarm.Pipeline.Storage;

/// <summary>Names of the database schema. Dashboards are checked against them.</summary>
public static class Schema
{
    /// <summary>Readings: tags site, zone, device, position?; one float field per quantity.</summary>
    public const string Telemetry = "telemetry";

    /// <summary>Flags 3, 4 and 9: tags site, zone, device, quantity, check; fields flag (int), value (float), detail (text).</summary>
    public const string Quality = "quality";

    /// <summary>
    /// Climate of a zone after voting: tags site, zone; one float field per quantity, plus <see cref="Trust"/>. In rows of their own, where the rules in
    /// charge want it: <see cref="LowOf"/>, <see cref="HighOf"/>, <see cref="DeviationOf"/>, <see cref="SetPointOf"/>.
    /// </summary>
    public const string Climate = "climate";

    /// <summary>State of an actuator: tags site, zone, actuator; fields target, reported (float), mode, source, held (text: why it was not commanded).</summary>
    public const string Actuator = "actuator";

    /// <summary>
    /// A closed command, at the time of its issue: tags site, zone, actuator, outcome; fields id, reason, rule (text), target, latency_ms (until its outcome)
    /// and, of it, decided_ms (from what made a rule decide until the issue), published_ms (until the broker had it), answered_ms (until the controller's first
    /// word), all float.
    /// </summary>
    public const string Command = "command";

    /// <summary>A decision of a rule: tags site, zone, rule; fields truth, text (text), target (float).</summary>
    public const string Decision = "decision";

    /// <summary>
    /// Who has an actuator, and why: tags site, zone, actuator; fields target (float), level, source, reason, losers (text), trust (of the zone's
    /// climate, float), version (of the rule set, float). On every change and at least every hour, so that every minute can be explained.
    /// </summary>
    public const string Arbitration = "arbitration";

    /// <summary>
    /// Where the rule set in shadow wants something else than the one in charge: tags site, zone, actuator; fields target, production (float; missing while
    /// that one wants nothing), differs (0 or 1, float), source, reason (text), version (of the set in shadow, float). On every change.
    /// </summary>
    public const string Shadow = "shadow";

    /// <summary>
    /// An alarm: tags site, zone, severity, code; fields state, text (text), raised (1 while it holds, else 0) and acknowledged (1 when somebody knows of all
    /// that holds, else 0) and, while it holds, held_s (for how long already; all float). Said again every five minutes while it holds: then without state, which tells what happened.
    /// </summary>
    public const string Alarm = "alarm";

    /// <summary>How a zone is, every minute: tags site, zone; float fields. See docs/data.md.</summary>
    public const string Zone = "zone";

    /// <summary>What a zone used and got in the five minutes from the time of the row on: tags site, zone; float fields and basis (text). See docs/data.md.</summary>
    public const string Usage = "usage";

    /// <summary>How a device is, every minute: tags site, zone, device; float fields. See docs/data.md.</summary>
    public const string Device = "device";

    /// <summary>The worker about itself: tags host, instance; one float field per counter or timing.</summary>
    public const string Worker = "worker";

    /// <summary>Field of <see cref="Climate"/>: 0 (nothing to rely on) to 1 (every sensor good and fresh).</summary>
    public const string Trust = "trust";

    /// <summary>Value of the tag zone for devices that belong to the whole site.</summary>
    public const string SiteZone = "site";

    /// <summary>Field of <see cref="Climate"/>: lower end of the band of a quantity, in its canonical unit.</summary>
    public static string LowOf(string quantity) => quantity + "_low";

    /// <summary>Field of <see cref="Climate"/>: upper end of the band of a quantity, in its canonical unit.</summary>
    public static string HighOf(string quantity) => quantity + "_high";

    /// <summary>Field of <see cref="Climate"/>: 0 within the band of a quantity, above 0 by how much it is too high, below 0 by how much it is too low.</summary>
    public static string DeviationOf(string quantity) => quantity + "_deviation";

    /// <summary>Field of <see cref="Climate"/>: a set point by the name that the rules give it.</summary>
    public static string SetPointOf(string name) => name + "_setpoint";
}
