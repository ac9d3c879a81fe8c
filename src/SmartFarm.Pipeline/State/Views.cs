using SmartFarm.Domain.Quantities;

namespace SmartFarm.Pipeline.State;

/// <summary>The farm as it is now, for whoever shows it. Thread-safe; each call gives an immutable picture.</summary>
public interface IFarmView
{
    /// <summary>Every zone, in the order of <c>farm.yaml</c>; the devices of a site itself appear as zone <c>site</c>.</summary>
    IReadOnlyList<ZoneView> Zones();
}

/// <summary>A zone as it is now.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Zone">Its name, <c>site</c> for the devices of the whole site.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Crop">What grows there, or null.</param>
/// <param name="Values">Current climate by quantity, after voting, derived ones included.</param>
/// <param name="Trust">0 (nothing to rely on) to 1 (every sensor good and fresh).</param>
/// <param name="Devices">Its devices.</param>
/// <param name="Actuators">Its actuators.</param>
public sealed record ZoneView(
    string Site,
    string Zone,
    string Name,
    string? Crop,
    IReadOnlyList<ValueView> Values,
    double Trust,
    IReadOnlyList<DeviceView> Devices,
    IReadOnlyList<ActuatorView> Actuators);

/// <summary>Knows the actuators as they are now. Thread-safe.</summary>
public interface IActuatorViews
{
    /// <summary>Those of a zone.</summary>
    IReadOnlyList<ActuatorView> ViewOf(string site, string zone);
}

/// <summary>A value of a zone's climate.</summary>
/// <param name="Quantity">What.</param>
/// <param name="Value">How much, in the canonical unit.</param>
/// <param name="TimeMs">By whose time, Unix ms: the newest reading that went into it.</param>
/// <param name="IsFresh">Whether it may be relied on now; a value that is not fresh is shown grey and moves nothing.</param>
public sealed record ValueView(Quantity Quantity, double Value, long TimeMs, bool IsFresh);

/// <summary>A device as it is now.</summary>
/// <param name="Id">Lasting name.</param>
/// <param name="LastSeenMs">When its last message came, Unix ms; null: never.</param>
/// <param name="IsFresh">Whether it is heard from in time.</param>
/// <param name="IsOnline">What its status topic says; null: nothing.</param>
public sealed record DeviceView(string Id, long? LastSeenMs, bool IsFresh, bool? IsOnline);

/// <summary>An actuator as it is now.</summary>
/// <param name="Id">Lasting name.</param>
/// <param name="Kind">Position or switch.</param>
/// <param name="Unit">Symbol of the unit; null for a switch.</param>
/// <param name="Target">What we want; null: nothing wanted yet.</param>
/// <param name="Reported">What its controller reports; null: nothing yet.</param>
/// <param name="Mode">remote, local, manual; null: not reported.</param>
/// <param name="ReportedMs">When it was reported, Unix ms.</param>
/// <param name="Source">Who wants the target: rule, interlock, person; empty when nothing is wanted.</param>
public sealed record ActuatorView(string Id, Domain.Farms.ActuatorKind Kind, string? Unit, double? Target, double? Reported, string? Mode, long? ReportedMs, string Source)
{
    /// <summary>Smallest target, in its unit.</summary>
    public double Min { get; init; }

    /// <summary>Largest target, in its unit; 1 for a switch, 100 unless given for a position.</summary>
    public double Max { get; init; } = Kind == Domain.Farms.ActuatorKind.Switch ? 1 : 100;

    /// <summary>What the status topic of its controller says; null: nothing yet.</summary>
    public bool? IsOnline { get; init; }

    /// <summary>Why the wanted target is not commanded just now; empty when nothing holds it back.</summary>
    public string Held { get; init; } = "";
}
