using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Loading;

/// <summary>The names that the expressions of one rule may use: those that every zone of the rule knows.</summary>
internal sealed class RuleNames(IReadOnlyList<FarmZone> zones, SetPoints setPoints) : INames
{
    public bool HasPlace => zones.All(z => z.Site is { Latitude: not null, Longitude: not null });

    public IReadOnlyCollection<string> Stages => [.. zones.SelectMany(z => z.Zone.Stages).Select(s => s.Name).Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<string> Known =>
        [.. zones.SelectMany(z => z.Actuators).Select(a => a.Id).Concat(zones.SelectMany(setPoints.In)).Distinct(StringComparer.Ordinal)];

    public bool TryGetSetPoint(string name, out Unit? unit)
    {
        unit = null;
        var isKnown = zones.Count > 0;
        foreach (var zone in zones)
        {
            isKnown &= setPoints.TryGet(zone, name, out unit);
        }

        return isKnown;
    }

    public bool TryGetActuator(string name, out Unit? unit)
    {
        var found = zones.Select(z => z.Actuators.FirstOrDefault(a => a.Id == name)).ToArray();
        unit = found.FirstOrDefault()?.Unit;
        return found.Length > 0 && found.All(a => a is not null && a.Kind == found[0]!.Kind);
    }
}

/// <summary>Set points by zone, as far as they have been read: a set point may look at those that stand before it.</summary>
internal sealed class SetPoints
{
    private readonly Dictionary<(FarmZone, string), Unit?> _units = [];

    public IEnumerable<string> In(FarmZone zone) => _units.Keys.Where(k => k.Item1 == zone).Select(k => k.Item2);

    public bool TryGet(FarmZone zone, string name, out Unit? unit) => _units.TryGetValue((zone, name), out unit);

    /// <summary>False when the zone has one of that name.</summary>
    public bool TryAdd(FarmZone zone, string name, Unit? unit) => _units.TryAdd((zone, name), unit);
}
