using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Engine;

/// <summary>Whose value a signal is.</summary>
public enum SignalScope : byte
{
    /// <summary>The zone's own climate.</summary>
    Zone,

    /// <summary>The devices of the whole site: weather, tank, meter.</summary>
    Site,

    /// <summary>The climate of another zone of the site.</summary>
    OtherZone,

    /// <summary>One device of the zone or of the site.</summary>
    Device,

    /// <summary>An actuator of the zone, as its controller reports it.</summary>
    Actuator,

    /// <summary>A value that the rules compute themselves: the set point of a programme.</summary>
    SetPoint,
}

/// <summary>A value that rules look at.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Owner">Name of the zone, device or actuator; empty for the zone itself, its site and set points.</param>
/// <param name="Name">Quantity, set point, or <c>position</c> and <c>no_effect</c> of an actuator.</param>
/// <param name="Unit">Unit of its values; null for a switch, which is 0 or 1.</param>
public sealed record Signal(SignalScope Scope, string Owner, string Name, Unit? Unit)
{
    /// <summary>Where an actuator is by the word of its controller.</summary>
    public const string Position = "position";

    /// <summary>1 after a command that was acknowledged and had no effect, until one has.</summary>
    public const string NoEffect = "no_effect";

    /// <inheritdoc/>
    public override string ToString() => Scope switch
    {
        SignalScope.Site => "site." + Name,
        SignalScope.OtherZone => $"zone({Owner}).{Name}",
        SignalScope.Device => $"device({Owner}).{Name}",
        SignalScope.Actuator => Name == Position ? Owner : $"{Owner}.{Name}",
        _ => Name,
    };
}
