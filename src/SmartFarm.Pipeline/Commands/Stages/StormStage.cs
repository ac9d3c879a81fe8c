using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands.Stages;

/// <summary>
/// Commands that follow each other too fast, to one actuator or to all of a site, are held back: rules that fight each other wear out a motor in a day.
/// A third of what is allowed is kept for safety. An emergency stop is never held back.
/// </summary>
internal sealed class StormStage : ICommandStage
{
    private const double KeptForSafety = 1.0 / 3;

    public string? Objection(ActuatorState actuator, Decision wanted, TimeSpan now)
    {
        if (AuthorityWords.IsEmergency(wanted.Authority))
        {
            return null;
        }

        var isSafety = AuthorityWords.IsSafety(wanted.Authority);
        return Wait(actuator.Commands, isSafety, now) is { } own ? $"It has been commanded too often; the next command may go in {own.TotalSeconds:0} s."
            : Wait(actuator.Site.Commands, isSafety, now) is { } all ? $"The site '{actuator.Site.Id}' has been commanded too often; the next command may go in {all.TotalSeconds:0} s."
            : null;
    }

    private static TimeSpan? Wait(TokenBucket bucket, bool isSafety, TimeSpan now)
    {
        var least = 1 + (isSafety ? 0 : Math.Floor(bucket.Capacity * KeptForSafety));
        return bucket.Level(now) >= least - 1e-9 ? null : bucket.Until(least, now);
    }
}
