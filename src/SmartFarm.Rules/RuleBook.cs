using System.Diagnostics.CodeAnalysis;

namespace SmartFarm.Rules;

/// <summary>Every rule of a farm, checked and compiled, by zone. Immutable.</summary>
public sealed class RuleBook
{
    private readonly Dictionary<(string Site, string Zone), ZoneRules> _zones;

    internal RuleBook(IEnumerable<ZoneRules> zones)
    {
        Zones = [.. zones];
        _zones = Zones.ToDictionary(z => (z.Site, z.Zone));
    }

    /// <summary>The rules of each zone, in the order of <c>farm.yaml</c>; a zone without rules is there too.</summary>
    public IReadOnlyList<ZoneRules> Zones { get; }

    /// <summary>Finds the rules of a zone.</summary>
    public bool TryGet(string site, string zone, [MaybeNullWhen(false)] out ZoneRules rules) => _zones.TryGetValue((site, zone), out rules);
}
