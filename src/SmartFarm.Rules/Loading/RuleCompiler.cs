using SmartFarm.Configuration;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Effects;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Loading;

/// <summary>Gathers the rules of all files and lays them out by zone.</summary>
internal sealed class RuleCompiler(Farm farm, ConfigurationErrors errors)
{
    private readonly FarmZones _zones = new(farm);
    private readonly SetPoints _setPoints = new();
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly List<ReadRule> _rules = [];

    /// <summary>Reads the files: what computes first, over all of them, then what may use it.</summary>
    public void Add(IReadOnlyList<YamlMap> tops)
    {
        var reader = new RuleReader(_zones, _setPoints);
        foreach (var sections in new[] { RuleSection.Computing, RuleSection.Acting })
        {
            foreach (var top in tops)
            {
                foreach (var section in sections)
                {
                    Read(reader, top, section);
                }

                if (sections == RuleSection.Computing)
                {
                    _rules.AddRange(new BandReader(_zones, _setPoints).Read(top));
                }
            }
        }

        _rules.AddRange(new EffectCompiler(_zones, _setPoints, errors).Read());
        foreach (var top in tops)
        {
            top.ReportUnknownKeys();
        }
    }

    /// <summary>The book; only when nothing was reported.</summary>
    public RuleBook ToBook()
    {
        var ordered = _rules.OrderBy(r => r.Output is null).ThenBy(r => r.Output is not null ? 0 : (int)r.Definition.Level < (int)Authority.Manual ? (int)r.Definition.Level : 10).ToArray();
        return new RuleBook(_zones.All.Select(zone => InZone(zone, [.. ordered.Where(r => r.Zones.Contains(zone))])));
    }

    private static ZoneRules InZone(FarmZone zone, IReadOnlyList<ReadRule> rules)
    {
        var signals = rules.SelectMany(r => r.Definition.Signals.Concat(r.Output is { } o ? [o] : [])).Distinct().ToList();
        var actuators = zone.Actuators;
        var laidOut = rules.Select(r =>
        {
            var slots = r.Definition.Actuators.Select(name => actuators.FirstOrDefault(a => a.Id == name)).ToArray();
            return new ZoneRule(
                r.Definition,
                [.. r.Definition.Signals.Select(s => signals.IndexOf(s))],
                [.. r.Definition.Actuators.Select(name => actuators.ToList().FindIndex(a => a.Id == name))],
                slots,
                r.Constants[zone],
                r.Output is { } output ? signals.IndexOf(output) : -1);
        });
        var exclusive = zone.Zone.Exclusive.Select(g => g.Select(name => actuators.ToList().FindIndex(a => a.Id == name)).ToArray()).ToArray();
        return new ZoneRules(zone.Site.Id, zone.Zone.Id, PlaceOf(zone), actuators, exclusive, signals, [.. laidOut]);
    }

    private static ZonePlace PlaceOf(FarmZone zone) => new(
        zone.Site.Latitude,
        zone.Site.Longitude,
        TimeZoneInfo.TryFindSystemTimeZoneById(zone.Site.TimeZone, out var found) ? found : TimeZoneInfo.Utc,
        zone.Zone.Planted,
        [.. zone.Zone.Stages.Select(s => (s.Name, s.FromDay))],
        zone.Zone.AreaM2);

    private void Read(RuleReader reader, YamlMap top, RuleSection section)
    {
        foreach (var map in top.Maps(section.Key))
        {
            var id = Id(map, section);
            if (reader.Read(map, id, section) is { } rule)
            {
                _rules.Add(rule);
            }

            top.File.About = null;
        }
    }

    private string Id(YamlMap map, RuleSection section)
    {
        var node = map.Require("id", section.Example);
        if (node?.AsName() is not { } id)
        {
            return "";
        }

        map.File.About = $"{section.Word} {id}";
        if (!_places.TryAdd(id, $"{map.File.Name}:{node.Line}"))
        {
            node.Report($"The name '{id}' is already that of the rule or interlock at {_places[id]}; choose another.");
        }

        return id;
    }
}
