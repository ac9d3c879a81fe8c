using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>What is already so, or already on its way, is not asked for again.</summary>
internal sealed class SameStage : ICommandStage
{
    public string? Objection(ActuatorState actuator, Decision wanted, TimeSpan now)
    {
        if (actuator.Last is { IsOpen: true } open && open.Command.Target == wanted.Target)
        {
            return "A command for this target is under way.";
        }

        if (actuator.Last is { IsOpen: true })
        {
            return null;
        }

        if (actuator.IsAt(wanted.Target))
        {
            return "It is there.";
        }

        return actuator.Reported is null && actuator.Last is { Stage: CommandStage.Succeeded or CommandStage.NoEffect } done && done.Command.Target == wanted.Target
            ? "The last command reached this target, and the controller has reported nothing since."
            : null;
    }
}
