using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Loading;

/// <summary>A zone with its site.</summary>
internal sealed record FarmZone(Site Site, Zone Zone)
{
    public IEnumerable<Actuator> Actuators => Zone.Controllers.SelectMany(c => c.Actuators);

    /// <summary>Whether something measures the quantity there, or it follows from what is measured.</summary>
    public bool Has(Comparison comparison)
    {
        var devices = comparison.Scope == RuleScope.Site ? Site.Devices : Zone.Devices;
        return Measures(comparison.Quantity)
            || (IsDerived(comparison.Quantity) && Measures(Quantities.AirTemperature) && Measures(Quantities.RelativeHumidity));

        bool Measures(Quantity quantity) => devices.Any(d => d.Quantities.Count == 0 || d.Quantities.Contains(quantity));
    }

    private static bool IsDerived(Quantity quantity) =>
        quantity == Quantities.Vpd || quantity == Quantities.DewPoint || quantity == Quantities.AbsoluteHumidity;
}

/// <summary>Every zone of a farm, found by the names that rules use: <c>gh1</c>, or <c>turkestan-1/gh1</c> where several sites have a gh1.</summary>
internal sealed class FarmZones(Farm farm)
{
    public IReadOnlyList<FarmZone> All { get; } = [.. farm.Sites.SelectMany(site => site.Zones.Select(zone => new FarmZone(site, zone)))];

    /// <summary>The zones that a rule names; null when it names none and so means every zone with its actuators.</summary>
    public List<FarmZone>? Named(YamlMap rule)
    {
        if (rule.Get("zones") is not { } list)
        {
            return null;
        }

        var zones = new List<FarmZone>();
        foreach (var scalar in list.AsList().Select(item => item.AsScalar()).OfType<YamlScalar>())
        {
            var found = All.Where(z => z.Zone.Id == scalar.Text || $"{z.Site.Id}/{z.Zone.Id}" == scalar.Text).ToArray();
            switch (found)
            {
                case []:
                    scalar.Report($"The zone '{scalar.Text}' is not known; {Suggestion.For(scalar.Text, [.. All.Select(z => z.Zone.Id)])}");
                    break;
                case [var zone]:
                    zones.Add(zone);
                    break;
                default:
                    scalar.Report($"Several sites have a zone '{scalar.Text}'; write '{found[0].Site.Id}/{scalar.Text}'.");
                    break;
            }
        }

        if (list is YamlList { Items.Count: 0 })
        {
            list.Report("The list of zones is empty; name one, or leave 'zones' out to mean every zone that has the actuators.");
        }

        return zones;
    }
}
