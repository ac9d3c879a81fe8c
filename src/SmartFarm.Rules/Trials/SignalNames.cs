using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials;

/// <summary>A signal that was named, with the actuator whose position it is.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Actuator">The actuator; null when it is no position.</param>
public sealed record NamedSignal(Signal Signal, Actuator? Actuator);

/// <summary>Finds signals of a zone by the names that rules use: <c>co2</c>, <c>site.wind_speed</c>, <c>zone(gh2).co2</c>, <c>device(weather).wind_speed</c>, <c>roof_vent</c>.</summary>
/// <param name="site">The site of the zone.</param>
/// <param name="zone">The zone.</param>
public sealed class SignalNames(Site site, Zone zone)
{
    /// <summary>Actuators of the zone.</summary>
    public IReadOnlyList<Actuator> Actuators { get; } = [.. zone.Controllers.SelectMany(c => c.Actuators)];

    /// <summary>The signal of a name, or one sentence on why there is none.</summary>
    public (NamedSignal? Found, string Problem) Find(string name)
    {
        if (Actuators.FirstOrDefault(a => a.Id == name) is { } actuator)
        {
            return (new NamedSignal(new Signal(SignalScope.Actuator, name, Signal.Position, actuator.Unit), actuator), "");
        }

        var (scope, owner, word) = Parts(name);
        var owners = scope switch
        {
            SignalScope.OtherZone => [.. site.Zones.Select(z => z.Id)],
            SignalScope.Device => [.. site.Devices.Concat(zone.Devices).Select(d => d.Id)],
            _ => (string[])[""],
        };
        if (!owners.Contains(owner))
        {
            return (null, $"The {(scope == SignalScope.Device ? "device" : "zone")} '{owner}' is not known; {Suggestion.For(owner, owners)}");
        }

        return Quantities.TryGet(word, out var quantity)
            ? (new NamedSignal(new Signal(scope, owner, word, quantity.Unit), null), "")
            : (null, $"'{name}' is neither a quantity nor an actuator of zone {zone.Id}; {Suggestion.For(word, [.. Quantities.All.Select(q => q.Name), .. Actuators.Select(a => a.Id)])}");
    }

    private static (SignalScope Scope, string Owner, string Word) Parts(string name)
    {
        if (name.StartsWith("site.", StringComparison.Ordinal))
        {
            return (SignalScope.Site, "", name["site.".Length..]);
        }

        foreach (var (word, scope) in ((string, SignalScope)[])[("zone(", SignalScope.OtherZone), ("device(", SignalScope.Device)])
        {
            var end = name.IndexOf(").", StringComparison.Ordinal);
            if (name.StartsWith(word, StringComparison.Ordinal) && end > 0)
            {
                return (scope, name[word.Length..end], name[(end + 2)..]);
            }
        }

        return (SignalScope.Zone, "", name);
    }
}
