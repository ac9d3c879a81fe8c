using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>What is shared is not given out twice: a pump feeds as many valves as it can, whoever asks but an emergency stop.</summary>
internal sealed class GroupStage : ICommandStage
{
    public string? Objection(ActuatorState actuator, Decision wanted, TimeSpan now)
    {
        if (AuthorityWords.IsEmergency(wanted.Authority))
        {
            return null;
        }

        foreach (var group in actuator.Groups)
        {
            if (group.Objection(actuator, wanted.Target, now) is { } objection)
            {
                return objection;
            }
        }

        return null;
    }
}
