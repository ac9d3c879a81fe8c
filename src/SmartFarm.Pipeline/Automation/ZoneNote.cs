namespace SmartFarm.Pipeline.Automation;

/// <summary>What a person or a controller tells the rules of a zone.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Zone">Its zone.</param>
public abstract record ZoneNote(string Site, string Zone)
{
    /// <summary>A person takes an actuator in hand.</summary>
    /// <param name="Site">Its site.</param>
    /// <param name="Zone">Its zone.</param>
    /// <param name="Actuator">Its name.</param>
    /// <param name="Target">Where it is to be, in its unit.</param>
    /// <param name="Owner">Who.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="For">How long from now on, by the steady clock.</param>
    public sealed record Overridden(string Site, string Zone, string Actuator, double Target, string Owner, string Reason, TimeSpan For) : ZoneNote(Site, Zone);

    /// <summary>A person lets go of an actuator.</summary>
    public sealed record Released(string Site, string Zone, string Actuator, string By) : ZoneNote(Site, Zone);

    /// <summary>A person stops everything in the zone.</summary>
    public sealed record Stopped(string Site, string Zone, string Owner, string Reason) : ZoneNote(Site, Zone);

    /// <summary>A person ends the emergency stop.</summary>
    public sealed record Resumed(string Site, string Zone, string Owner) : ZoneNote(Site, Zone);

    /// <summary>A controller says that it did what it was told. Time by the steady clock, ms.</summary>
    public sealed record Acknowledged(string Site, string Zone, string Actuator, double Target, long TimeMs) : ZoneNote(Site, Zone);

    /// <summary>A controller says where an actuator is; null: that cannot be believed. Time by the steady clock, ms.</summary>
    public sealed record Positioned(string Site, string Zone, string Actuator, double? Position, long TimeMs) : ZoneNote(Site, Zone);
}
