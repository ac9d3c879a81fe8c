using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>A target that was not reached is asked for again only after a pause that grows: a broken controller is not hammered.</summary>
internal sealed class RetryStage : ICommandStage
{
    public string? Objection(ActuatorState actuator, Decision wanted, TimeSpan now) =>
        actuator.Last is { IsOpen: false } last && last.Command.Target == wanted.Target && now < actuator.RetryAt
            ? $"The last command for this target ended {last.Stage}; the next try is in {(actuator.RetryAt - now).TotalSeconds:0} s."
            : null;
}
