namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>One stage of the desk: lets a target pass, or says why not. Without state of its own.</summary>
internal interface ICommandStage
{
    /// <summary>Why the target may not be commanded now, in a sentence; null when it may.</summary>
    /// <param name="actuator">The actuator.</param>
    /// <param name="target">The wanted target.</param>
    /// <param name="now">Time on the monotonic clock.</param>
    string? Objection(ActuatorState actuator, double target, TimeSpan now);
}
