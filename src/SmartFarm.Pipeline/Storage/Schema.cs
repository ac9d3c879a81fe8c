namespace SmartFarm.Pipeline.Storage;

/// <summary>Names of the database schema. Dashboards are checked against them.</summary>
public static class Schema
{
    /// <summary>Readings: tags site, zone, device, position?; one float field per quantity.</summary>
    public const string Telemetry = "telemetry";

    /// <summary>Flags 3, 4 and 9: tags site, zone, device, quantity, check; fields flag (int), value (float), detail (text).</summary>
    public const string Quality = "quality";

    /// <summary>Climate of a zone after voting: tags site, zone; one float field per quantity, plus <see cref="Trust"/>.</summary>
    public const string Climate = "climate";

    /// <summary>State of an actuator: tags site, zone, actuator; fields target, reported (float), mode, source, held (text: why it was not commanded).</summary>
    public const string Actuator = "actuator";

    /// <summary>A closed command: tags site, zone, actuator, outcome; fields id, reason, rule (text), target, latency_ms (float).</summary>
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

    /// <summary>An alarm: tags site, zone, severity, code; fields state, text (text).</summary>
    public const string Alarm = "alarm";

    /// <summary>The worker about itself: tags host, instance; one float field per counter or timing.</summary>
    public const string Worker = "worker";

    /// <summary>Field of <see cref="Climate"/>: 0 (nothing to rely on) to 1 (every sensor good and fresh).</summary>
    public const string Trust = "trust";

    /// <summary>Value of the tag zone for devices that belong to the whole site.</summary>
    public const string SiteZone = "site";
}
