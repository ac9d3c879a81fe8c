using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Kinds;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Switches that rules with a start and an end may turn on and off as often as readings come; other kinds pace themselves.</summary>
internal sealed class NoLeastTimes : ILint
{
    public string Name => "no-least-times";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var zone in context.Book.Zones)
        {
            foreach (var (index, actuator) in zone.Actuators.Index())
            {
                var isMoved = zone.ByActuator[index].Any(r => zone.Rules[r.Rule].Definition is { Logic: ThresholdLogic, IsSafety: false });
                if (isMoved && actuator is { Kind: ActuatorKind.Switch, MinOn: { Ticks: 0 }, MinOff: { Ticks: 0 }, Rest: { Ticks: 0 }, MaxStarts: null }
                    && context.WrittenOf(zone.Site, zone.Zone, actuator.Id) is { } written)
                {
                    yield return new Finding(Name, FindingLevel.Hint, written.File.Name, written.Line, written.Column, $"actuator {actuator.Id}",
                        "Rules may switch it as often as readings come; spare the machine with 'min_on: 3 min, min_off: 3 min', or 'max_starts: 40' a day.");
                }
            }
        }
    }
}
