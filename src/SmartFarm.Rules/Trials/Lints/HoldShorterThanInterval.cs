using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language.Conditions;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>A <c>for</c> that is over before the next reading comes: one stray value starts the rule.</summary>
internal sealed class HoldShorterThanInterval : ILint
{
    public string Name => "for-shorter-than-interval";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var rule in context.Rules)
        {
            var site = context.Farm.Sites.First(s => s.Id == rule.Zone.Site);
            var zone = site.Zones.First(z => z.Id == rule.Zone.Zone);
            foreach (var held in rule.Definition.Logic.Conditions.SelectMany(c => c.All).OfType<HeldFor>())
            {
                foreach (var signal in held.AllTerms.OfType<SignalTerm>().Where(s => s.Quantity is not null))
                {
                    var devices = Devices(site, zone, signal.Signal).Where(d => d.Quantities.Count == 0 || d.Quantities.Contains(signal.Quantity!)).ToArray();
                    if (devices.Length > 0 && devices.Min(d => d.Interval) is var interval && interval >= held.Duration)
                    {
                        yield return context.At(this, FindingLevel.Warning, rule.Definition,
                            $"'for {Durations.Format(held.Duration)}' is over before {signal} is measured again (every {Durations.Format(interval)}), so one stray value is enough; write at least 'for {Durations.Format(interval * 2)}'.", "when");
                    }
                }
            }
        }
    }

    private static IEnumerable<Device> Devices(Site site, Zone zone, Signal signal) => signal.Scope switch
    {
        SignalScope.Zone => zone.Devices,
        SignalScope.Site => site.Devices,
        SignalScope.OtherZone => site.Zones.Where(z => z.Id == signal.Owner).SelectMany(z => z.Devices),
        SignalScope.Device => zone.Devices.Concat(site.Devices).Where(d => d.Id == signal.Owner),
        _ => [],
    };
}
