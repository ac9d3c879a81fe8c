using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>One stage of the desk: lets a target pass, or says why not. Without state of its own.</summary>
internal interface ICommandStage
{
    /// <summary>Why the target may not be commanded now, in a sentence; null when it may.</summary>
    /// <param name="actuator">The actuator.</param>
    /// <param name="wanted">What is wanted, and on whose authority.</param>
    /// <param name="now">Time on the monotonic clock.</param>
    string? Objection(ActuatorState actuator, Decision wanted, TimeSpan now);
}
