namespace SmartFarm.Domain.Commands;

/// <summary>An absolute target for one actuator, with an id, a reason and an expiry. Acts at most once.</summary>
/// <param name="Id">UUID version 7; the controller acts once per id.</param>
/// <param name="Actuator">Name of the actuator at its controller.</param>
/// <param name="Target">Absolute target in the actuator's unit; 0 or 1 for a switch.</param>
/// <param name="Unit">Symbol of the unit, or null for a switch.</param>
/// <param name="Duration">After this time the controller returns to the safe state by itself; null: until the next command.</param>
/// <param name="Seq">Rises with every command to the actuator; the controller refuses a lower one.</param>
/// <param name="Issued">When it was decided.</param>
/// <param name="Expires">After this it must not act.</param>
/// <param name="Reason">Why: rule and version, or the person.</param>
public sealed record Command(
    Guid Id,
    string Actuator,
    double Target,
    string? Unit,
    TimeSpan? Duration,
    long Seq,
    DateTimeOffset Issued,
    DateTimeOffset Expires,
    string Reason);

/// <summary>What a controller says of a command.</summary>
public enum ReplyStatus
{
    /// <summary>Understood; will act.</summary>
    Accepted,

    /// <summary>Acting.</summary>
    Running,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Tried and could not.</summary>
    Failed,

    /// <summary>Refused without trying.</summary>
    Rejected,
}

/// <summary>A controller's answer to a command.</summary>
/// <param name="Id">The command.</param>
/// <param name="Status">What became of it so far.</param>
/// <param name="Detail">Why, in the controller's words; null when it said nothing.</param>
/// <param name="Time">When, by the controller's clock; null when it said nothing.</param>
public sealed record CommandReply(Guid Id, ReplyStatus Status, string? Detail, DateTimeOffset? Time);

/// <summary>Who may move the actuators of a controller.</summary>
public enum ControlMode
{
    /// <summary>The backend.</summary>
    Remote,

    /// <summary>The node by its own programme: never command it.</summary>
    Local,

    /// <summary>A person at the node: never command it.</summary>
    Manual,
}

/// <summary>The state a controller reports, retained on its state topic.</summary>
/// <param name="Time">When, by the controller's clock; null when it said nothing.</param>
/// <param name="Mode">Who is in charge.</param>
/// <param name="Positions">Position of each actuator by name, in its unit; 0 or 1 for a switch.</param>
public sealed record ControllerState(DateTimeOffset? Time, ControlMode Mode, IReadOnlyDictionary<string, double> Positions)
{
    /// <summary>Differs with every start of the controller, so that one is seen; null when it does not say.</summary>
    public string? Boot { get; init; }
}
