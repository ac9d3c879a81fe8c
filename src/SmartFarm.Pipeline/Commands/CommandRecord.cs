using SmartFarm.Domain.Commands;

namespace SmartFarm.Pipeline.Commands;

/// <summary>Where a command stands. The first five are open; the others close it with exactly one outcome.</summary>
public enum CommandStage
{
    /// <summary>In the ledger, not yet with the broker.</summary>
    Requested,

    /// <summary>The broker has it, and it waits for the controller, which sleeps until its next uplink (LoRaWAN class A).</summary>
    Queued,

    /// <summary>The broker has it, and the controller listens.</summary>
    Published,

    /// <summary>The controller took it.</summary>
    Accepted,

    /// <summary>The controller is acting.</summary>
    Running,

    /// <summary>Done, by the controller's word.</summary>
    Succeeded,

    /// <summary>Done, by the controller's word, but what had to follow did not: a pump without flow, a heater without warmth.</summary>
    NoEffect,

    /// <summary>Tried and not done, by the controller's word.</summary>
    Failed,

    /// <summary>Refused by the controller.</summary>
    Rejected,

    /// <summary>No final answer in time. A later answer of the controller still corrects this.</summary>
    TimedOut,

    /// <summary>Could not be handed to the broker before its expiry: it never acted.</summary>
    Expired,

    /// <summary>A newer command to the same actuator took its place.</summary>
    Superseded,

    /// <summary>Withdrawn before the controller had it: nobody wants it any more, or nobody may command it.</summary>
    Cancelled,
}

/// <summary>One command from decision to outcome.</summary>
/// <param name="Command">What was asked.</param>
/// <param name="Site">Site of the actuator.</param>
/// <param name="Zone">Zone of the actuator.</param>
/// <param name="Controller">Logical name of the controller.</param>
/// <param name="Rule">Rule that asked (<c>id@version</c>), or null when a person did.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Detail">What the controller or the desk said last; empty when nothing.</param>
/// <param name="PublishedMs">When the broker had it, Unix ms; null before.</param>
/// <param name="ClosedMs">When it got its outcome, Unix ms; null while open.</param>
public sealed record CommandRecord(
    Command Command,
    string Site,
    string Zone,
    string Controller,
    string? Rule,
    CommandStage Stage,
    string Detail,
    long? PublishedMs,
    long? ClosedMs)
{
    /// <summary>Whether an outcome is still to come.</summary>
    public bool IsOpen => Stage is CommandStage.Requested or CommandStage.Queued or CommandStage.Published or CommandStage.Accepted or CommandStage.Running;
}

/// <summary>The ledger of commands, kept on disk before anything is published. Thread-safe.</summary>
public interface ICommandLedger
{
    /// <summary>Writes a new command, or the newer state of one, durably.</summary>
    ValueTask SaveAsync(CommandRecord record, CancellationToken cancellationToken);

    /// <summary>A command by its id, or null.</summary>
    ValueTask<CommandRecord?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Commands without an outcome, oldest first.</summary>
    ValueTask<IReadOnlyList<CommandRecord>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>The newest commands, newest first.</summary>
    ValueTask<IReadOnlyList<CommandRecord>> RecentAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The last command of every actuator (<c>site/zone/actuator</c>): read once at start.</summary>
    ValueTask<IReadOnlyDictionary<string, CommandRecord>> LastByActuatorAsync(CancellationToken cancellationToken);
}

/// <summary>The way to the controllers.</summary>
public interface ICommandChannel
{
    /// <summary>
    /// Hands a command to the broker; completes when the broker has it, throws when it could not be handed over within its lifetime.
    /// The same command may be handed over again while it lives: a controller acts once per id.
    /// </summary>
    /// <param name="site">Its site.</param>
    /// <param name="controllerAddress">What the controller calls itself on the wire.</param>
    /// <param name="command">The command; its times are by the controller's clock, as far as that is known.</param>
    /// <param name="lifetime">Time that is left until it expires, above zero.</param>
    /// <param name="cancellationToken">Withdraws it, if it has not left yet.</param>
    ValueTask PublishAsync(string site, string controllerAddress, Command command, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Refreshes the presence of the backend, the controllers' dead-man signal.</summary>
    ValueTask HeartbeatAsync(string site, CancellationToken cancellationToken);
}

/// <summary>Keeps the state of rules (timers, latches) across restarts. Thread-safe.</summary>
public interface IRuleStateStore
{
    /// <summary>Saves the state of a zone durably.</summary>
    ValueTask SaveAsync(string site, string zone, ReadOnlyMemory<byte> state, CancellationToken cancellationToken);

    /// <summary>Saves the states of several zones durably in one step: all, or none when it throws.</summary>
    ValueTask SaveAsync(IReadOnlyList<SavedZone> zones, CancellationToken cancellationToken);

    /// <summary>The saved state of a zone, or null.</summary>
    ValueTask<byte[]?> LoadAsync(string site, string zone, CancellationToken cancellationToken);
}
