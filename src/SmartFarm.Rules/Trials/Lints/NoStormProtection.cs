using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Vents that rules open and that no interlock closes in a storm.</summary>
internal sealed class NoStormProtection : ILint
{
    public string Name => "no-storm-protection";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var zone in context.Book.Zones)
        {
            var canSee = context.Farm.Sites.First(s => s.Id == zone.Site).Devices.Any(d => d.Quantities.Contains(Quantities.WindSpeed) || d.Quantities.Contains(Quantities.WindGust));
            foreach (var (index, actuator) in zone.Actuators.Index().Where(a => Roles.IsVent(a.Item)))
            {
                var rules = zone.ByActuator[index].Select(r => zone.Rules[r.Rule].Definition).ToArray();
                if (canSee && rules.FirstOrDefault(r => !r.IsSafety && r.Level != Authority.Default) is { } opens && !rules.Any(r => r.Signals.Any(s => s.Name is "wind_speed" or "wind_gust")))
                {
                    yield return context.At(this, FindingLevel.Warning, opens,
                        $"The rule opens {actuator.Id} and nothing closes it in a storm, though the site measures wind; add an interlock such as 'when: site.wind_speed > 15 m/s', 'force: {{ {actuator.Id}: 0 % }}'.");
                }
            }
        }
    }
}
