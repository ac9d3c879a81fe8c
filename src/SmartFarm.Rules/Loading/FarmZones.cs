using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Loading;

/// <summary>A zone with its site.</summary>
internal sealed record FarmZone(Site Site, Zone Zone)
{
    public IReadOnlyList<Actuator> Actuators { get; } = [.. Zone.Controllers.SelectMany(c => c.Actuators)];

    /// <summary>Why the zone can never know a signal, in a sentence; null when it can.</summary>
    public string? Lacks(Signal signal, Quantity? quantity) => signal.Scope switch
    {
        SignalScope.Zone => Measures(Zone.Devices, quantity!) ? null : $"No device of zone {Zone.Id} measures {quantity}, {Remedy}",
        SignalScope.Site => Measures(Site.Devices, quantity!) ? null : $"No device of site {Site.Id} itself measures {quantity}, {Remedy}",
        SignalScope.OtherZone => Site.Zones.FirstOrDefault(z => z.Id == signal.Owner) is not { } other
            ? $"Site {Site.Id} has no zone '{signal.Owner}'; {Suggestion.For(signal.Owner, [.. Site.Zones.Select(z => z.Id)])}"
            : Measures(other.Devices, quantity!) ? null : $"No device of zone {other.Id} measures {quantity}, {Remedy}",
        SignalScope.Device => Zone.Devices.Concat(Site.Devices).FirstOrDefault(d => d.Id == signal.Owner) is not { } device
            ? $"Zone {Zone.Id} and its site have no device '{signal.Owner}'; {Suggestion.For(signal.Owner, [.. Zone.Devices.Concat(Site.Devices).Select(d => d.Id)])}"
            : Measures([device], quantity!) ? null : $"Device {device.Id} does not measure {quantity}, {Remedy}",
        SignalScope.Actuator when signal.Name == Signal.NoEffect && Actuators.FirstOrDefault(a => a.Id == signal.Owner) is { Expect.Count: 0 } =>
            $"{signal.Owner} of zone {Zone.Id} expects nothing, so nobody could tell; add for example 'expect: water_flow > 2 L/min within 10 s' to it in farm.yaml.",
        _ => null,
    };

    private const string Remedy = "so this would never be known; add it to a device in farm.yaml, or narrow 'zones'.";

    private static bool Measures(IReadOnlyList<Device> devices, Quantity quantity) => Has(devices, quantity)
        || (IsDerived(quantity) && Has(devices, Quantities.AirTemperature) && Has(devices, Quantities.RelativeHumidity));

    private static bool Has(IReadOnlyList<Device> devices, Quantity quantity) => devices.Any(d => d.Quantities.Count == 0 || d.Quantities.Contains(quantity));

    private static bool IsDerived(Quantity quantity) =>
        quantity == Quantities.Vpd || quantity == Quantities.DewPoint || quantity == Quantities.AbsoluteHumidity;
}

/// <summary>Every zone of a farm, found by the names that rules use: <c>gh1</c>, or <c>turkestan-1/gh1</c> where several sites have a gh1.</summary>
internal sealed class FarmZones(Farm farm)
{
    public IReadOnlyList<FarmZone> All { get; } = [.. farm.Sites.SelectMany(site => site.Zones.Select(zone => new FarmZone(site, zone)))];

    /// <summary>The zones that a rule names; null when it names none and so means every zone that it concerns.</summary>
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

        return [.. zones.Distinct()];
    }
}
