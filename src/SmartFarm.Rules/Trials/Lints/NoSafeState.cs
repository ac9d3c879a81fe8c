using SmartFarm.Configuration.Values;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Actuators that rules move and whose safe state nobody has thought about.</summary>
internal sealed class NoSafeState : ILint
{
    public string Name => "no-safe-state";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var zone in context.Book.Zones)
        {
            foreach (var actuator in zone.Actuators.Where((_, i) => zone.ByActuator[i].Length > 0))
            {
                if (context.WrittenOf(zone.Site, zone.Zone, actuator.Id) is { } written && written.Get("safe") is null)
                {
                    yield return new Finding(Name, FindingLevel.Warning, written.File.Name, written.Line, written.Column, $"actuator {actuator.Id}",
                        $"Rules move it and it says no safe state, so {Targets.Format(actuator, actuator.Safe)} is taken when they are blind or the backend falls silent; write what does least harm, such as 'safe: {Targets.Format(actuator, actuator.Safe)}'.");
                }
            }
        }
    }
}
