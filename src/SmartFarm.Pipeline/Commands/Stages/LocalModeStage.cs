using SmartFarm.Domain.Commands;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>
/// A node that a person or its own programme has in hand is never commanded. After every connection to the broker nobody knows who has, until its
/// retained state can have come; a node that still has not said then is taken for what it was before, remote when it never reported a mode.
/// </summary>
internal sealed class LocalModeStage : ICommandStage
{
    private static readonly TimeSpan StateComesWithin = TimeSpan.FromSeconds(3);

    public string? Objection(ActuatorState actuator, Decision wanted, TimeSpan now) => actuator.Mode switch
    {
        ControlMode.Local => $"The controller '{actuator.Controller.Id}' is in local mode.",
        ControlMode.Manual => $"The controller '{actuator.Controller.Id}' is in manual mode.",
        _ when !HasSaid(actuator, now) => $"The controller '{actuator.Controller.Id}' has not said yet who has it in hand.",
        _ => null,
    };

    private static bool HasSaid(ActuatorState actuator, TimeSpan now) =>
        actuator.Site.ConnectedAt is { } since ? actuator.HeardAt >= since || now - since >= StateComesWithin : actuator.HeardAt is not null;
}
