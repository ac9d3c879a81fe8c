using SmartFarm.Domain.Farms;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>A switch stays on, or off, for its least time, whoever asks.</summary>
internal sealed class MinimumTimeStage : ICommandStage
{
    public string? Objection(ActuatorState actuator, double target, TimeSpan now)
    {
        if (actuator.Actuator.Kind != ActuatorKind.Switch || actuator.Switched is not { } since || actuator.Position is not { } position)
        {
            return null;
        }

        var isOn = position >= 0.5;
        var least = isOn ? actuator.Actuator.MinOn : actuator.Actuator.MinOff;
        var left = least - (now - since);
        return isOn != target >= 0.5 && left > TimeSpan.Zero ? $"It must stay {(isOn ? "on" : "off")} for another {left.TotalSeconds:0} s." : null;
    }
}
