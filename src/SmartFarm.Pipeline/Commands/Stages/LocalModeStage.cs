using SmartFarm.Domain.Commands;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>
/// A node that a person or its own programme has in hand is never commanded. Until its retained state can have come, nobody knows who has;
/// a node that still has not said then reports no mode at all, and is taken for remote.
/// </summary>
internal sealed class LocalModeStage : ICommandStage
{
    private static readonly TimeSpan StateComesWithin = TimeSpan.FromSeconds(3);

    public string? Objection(ActuatorState actuator, double target, TimeSpan now) => actuator.Mode switch
    {
        ControlMode.Local => $"The controller '{actuator.Controller.Id}' is in local mode.",
        ControlMode.Manual => $"The controller '{actuator.Controller.Id}' is in manual mode.",
        null when actuator.ConnectedAt is not { } since || now - since < StateComesWithin =>
            $"The controller '{actuator.Controller.Id}' has not said yet who has it in hand.",
        _ => null,
    };
}
