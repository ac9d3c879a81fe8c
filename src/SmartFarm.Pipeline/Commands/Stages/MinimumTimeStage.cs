using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>A switch stays on, or off, for its least time, whoever asks but an emergency stop.</summary>
internal sealed class MinimumTimeStage : ICommandStage
{
    public string? Objection(ActuatorState actuator, Decision wanted, TimeSpan now)
    {
        if (AuthorityWords.IsEmergency(wanted.Authority) || actuator.Actuator.Kind != ActuatorKind.Switch || actuator.Switched is not { } since || actuator.Position is not { } position)
        {
            return null;
        }

        var isOn = position >= 0.5;
        var least = isOn ? actuator.Actuator.MinOn : actuator.Actuator.MinOff;
        var left = least - (now - since);
        return isOn != wanted.Target >= 0.5 && left > TimeSpan.Zero ? $"It must stay {(isOn ? "on" : "off")} for another {left.TotalSeconds:0} s." : null;
    }
}
