using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands;

/// <summary>Something the command desk is told. Handled one at a time, in order.</summary>
public abstract record DeskEvent
{
    /// <summary>The rules want something of an actuator.</summary>
    public sealed record Wanted(string Site, string Zone, Decision Decision) : DeskEvent;

    /// <summary>A controller answers. The receipt is settled once the answer is in the ledger.</summary>
    public sealed record Replied(string Site, string ControllerAddress, CommandReply Reply, Receipt Receipt) : DeskEvent;

    /// <summary>A controller reports its state.</summary>
    public sealed record Reported(string Site, string ControllerAddress, ControllerState State, Receipt Receipt) : DeskEvent;

    /// <summary>A controller comes to the broker, or leaves it.</summary>
    public sealed record Presence(string Site, string ControllerAddress, bool IsOnline) : DeskEvent;

    /// <summary>What had to follow a command that was carried out did not.</summary>
    public sealed record NoEffect(string Site, string Zone, string Actuator, double Target, string Seen) : DeskEvent;

    /// <summary>What had to follow a command was seen.</summary>
    public sealed record HadEffect(string Site, string Zone, string Actuator) : DeskEvent;

    /// <summary>The control session of a site is connected: the retained states of its controllers follow at once.</summary>
    public sealed record Connected(string Site) : DeskEvent;

    /// <summary>The broker has a command, or it could not be handed over before it expired.</summary>
    internal sealed record Handed(Guid Id, string? Failure) : DeskEvent;

    /// <summary>A mark behind all events so far: reached with the hand-overs that are still under way then.</summary>
    internal sealed record Mark(TaskCompletionSource<Task> Reached) : DeskEvent;

    /// <summary>Time has passed.</summary>
    internal sealed record Tick : DeskEvent
    {
        public static readonly Tick Instance = new();
    }
}
