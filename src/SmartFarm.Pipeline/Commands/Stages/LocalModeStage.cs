using SmartFarm.Domain.Commands;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>A node that a person or its own programme has in hand is never commanded. A node that has not said is taken for remote.</summary>
internal sealed class LocalModeStage : ICommandStage
{
    public string? Objection(ActuatorState actuator, double target, TimeSpan now) =>
        actuator.Mode is ControlMode.Local or ControlMode.Manual ? $"The controller '{actuator.Controller.Id}' is in {actuator.Mode.ToString()!.ToLowerInvariant()} mode." : null;
}
