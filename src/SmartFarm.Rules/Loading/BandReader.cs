using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Kinds;

namespace SmartFarm.Rules.Loading;

/// <summary>
/// Reads <c>bands: [{ zones: [gh1], air_temperature: heating - 1 K .. ventilation + 3 K }]</c>: where the climate is to be. A band moves nothing; reports and dashboards
/// measure by it. Its ends are the signals <c>air_temperature.low</c> and <c>air_temperature.high</c>.
/// </summary>
internal sealed class BandReader(FarmZones farm, SetPoints setPoints)
{
    public IEnumerable<ReadRule> Read(YamlMap top)
    {
        foreach (var map in top.Maps("bands"))
        {
            var zones = farm.Named(map) ?? [.. farm.All];
            foreach (var (key, node) in map.Entries.Where(e => e.Key.Text != "zones"))
            {
                map.Get(key.Text);
                if (!Quantities.TryGet(key.Text, out var quantity))
                {
                    key.Report($"The quantity '{key.Text}' is not known; a band is one of a measured quantity.");
                    continue;
                }

                foreach (var end in Ends(map, node, key, quantity, zones))
                {
                    yield return end;
                }
            }
        }
    }

    private IEnumerable<ReadRule> Ends(YamlMap map, YamlNode node, YamlScalar key, Quantity quantity, IReadOnlyList<FarmZone> zones)
    {
        var parts = node.AsScalar()?.Text.Split(" .. ") ?? [];
        if (parts.Length != 2)
        {
            node.Report($"'{(node as YamlScalar)?.Text}' is not a band; write its ends with ' .. ' between them, such as '18 {quantity.Unit} .. 26 {quantity.Unit}'.");
            yield break;
        }

        foreach (var (text, end) in new[] { (parts[0], "low"), (parts[1], "high") })
        {
            var name = $"{quantity.Name}.{end}";
            var context = new RuleContext(map, RuleSection.Computing[0], zones, areNamed: false, setPoints);
            if (context.Term((YamlScalar)node, text, quantity.Unit) is not { } term)
            {
                continue;
            }

            foreach (var zone in zones.Where(zone => !setPoints.TryAdd(zone, name, quantity.Unit)))
            {
                key.Report($"Zone {zone.Zone.Id} already has a band of {quantity}; keep one.");
            }

            var logic = new ValueLogic(term);
            var definition = new RuleDefinition(
                name, "band", RuleReader.Fingerprint($"band\n{logic}"), "value", Authority.Rule, logic, [], context.Scope.Signals, context.Scope.Timers, logic.Memory, context.Scope.Windows, null, null, new RulePlace(map.File.Name, key.Line, key.Column));
            yield return new ReadRule(definition, zones, zones.ToDictionary(z => z, _ => Array.Empty<double[]>()), new Signal(SignalScope.SetPoint, "", name, quantity.Unit));
        }
    }
}
