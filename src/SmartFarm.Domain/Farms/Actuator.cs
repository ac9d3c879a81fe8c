using SmartFarm.Domain.Quantities;

namespace SmartFarm.Domain.Farms;

/// <summary>How an actuator is driven.</summary>
public enum ActuatorKind
{
    /// <summary>Goes to a position within a range and takes time to travel there.</summary>
    Position,

    /// <summary>Is off (0) or on (1).</summary>
    Switch,
}

/// <summary>Something that moves: a vent, a heater, a pump. Targets and limits are absolute.</summary>
/// <param name="Id">Lasting name, unique in its zone; the tag <c>actuator</c>.</param>
/// <param name="Kind">How it is driven.</param>
/// <param name="Unit">Unit of its range; null for a switch.</param>
/// <param name="Min">Smallest target.</param>
/// <param name="Max">Largest target.</param>
/// <param name="Safe">The declared safe state.</param>
/// <param name="MinMove">Targets closer than this to the last one are not sent.</param>
/// <param name="Travel">Time of a full stroke; zero when it acts at once.</param>
/// <param name="MinOn">Least time on (switch), whoever asks.</param>
/// <param name="MinOff">Least time off (switch), whoever asks.</param>
/// <param name="MaxOn">Longest time on without a new decision; null: no limit.</param>
public sealed record Actuator(
    string Id,
    ActuatorKind Kind,
    Unit? Unit,
    double Min,
    double Max,
    double Safe,
    double MinMove,
    TimeSpan Travel,
    TimeSpan MinOn,
    TimeSpan MinOff,
    TimeSpan? MaxOn)
{
    /// <summary>Where it goes in an emergency stop.</summary>
    public double Emergency { get; init; } = Safe;

    /// <summary>Least time between two moves that are no protection.</summary>
    public TimeSpan Rest { get; init; }

    /// <summary>Most starts in a local day that are no protection; null: no limit.</summary>
    public int? MaxStarts { get; init; }

    /// <summary>What must follow its commands.</summary>
    public IReadOnlyList<ExpectedEffect> Expect { get; init; } = [];

    /// <summary>What it gives or takes while it is fully on or open; null when nobody said.</summary>
    public Capacity? Delivers { get; init; }
}
