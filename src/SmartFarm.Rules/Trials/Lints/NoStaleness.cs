using SmartFarm.Configuration.Values;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Devices that rules rely on and that say neither how often they report nor how long a value counts.</summary>
internal sealed class NoStaleness : ILint
{
    public string Name => "no-stale-policy";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var zone in context.Book.Zones)
        {
            var devices = context.Farm.Sites.First(s => s.Id == zone.Site) is var site ? site.Devices.Concat(site.Zones.First(z => z.Id == zone.Zone).Devices).ToArray() : [];
            foreach (var written in context.WrittenDevices(zone.Site, zone.Zone).Where(d => d.Get("interval") is null && d.Get("stale_after") is null))
            {
                var device = devices.FirstOrDefault(d => d.Id == LintContext.IdOf(written));
                var used = zone.Signals.FirstOrDefault(s => device is not null && s.Scope is SignalScope.Zone or SignalScope.Site or SignalScope.Device
                    && device.Quantities.Any(q => q.Name == s.Name) && (s.Owner.Length == 0 || s.Owner == device.Id));
                if (used is not null)
                {
                    yield return new Finding(Name, FindingLevel.Warning, written.File.Name, written.Line, written.Column, $"device {device!.Id}",
                        $"Rules rely on its {used.Name} and it says neither how often it reports nor how long a value counts, so {Durations.Format(device.StaleAfter)} is taken; write 'interval: {Durations.Format(device.Interval)}', or 'stale_after'.");
                }
            }
        }
    }
}
