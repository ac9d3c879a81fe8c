using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Rules.Loading;

/// <summary>Gathers the rules of all files and lays them out by zone.</summary>
internal sealed class RuleCompiler(Farm farm)
{
    private readonly RuleReader _reader = new(new FarmZones(farm));
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly List<CompiledRule> _rules = [];

    public void Add(YamlMap top)
    {
        foreach (var (key, isInterlock) in ((string, bool)[])[("rules", false), ("interlocks", true)])
        {
            foreach (var map in top.Maps(key))
            {
                var id = Id(map, isInterlock ? "interlock" : "rule");
                if (_reader.Read(map, id, isInterlock) is { } rule)
                {
                    _rules.Add(rule);
                }

                top.File.About = null;
            }
        }

        top.ReportUnknownKeys();
    }

    /// <summary>The book; only when nothing was reported.</summary>
    public RuleBook ToBook()
    {
        var zones =
            from site in farm.Sites
            from zone in site.Zones
            let rules = _rules.OrderBy(r => !r.Definition.IsInterlock)
                .Where(r => r.ByZone.ContainsKey(zone))
                .Select(r => r.ByZone[zone])
            select new ZoneRules(site.Id, zone.Id, [.. zone.Controllers.SelectMany(c => c.Actuators)], [.. rules]);
        return new RuleBook(zones);
    }

    private string Id(YamlMap map, string kind)
    {
        var node = map.Require("id", "vent-on-heat");
        if (node?.AsName() is not { } id)
        {
            return "";
        }

        map.File.About = $"{kind} {id}";
        if (!_places.TryAdd(id, $"{map.File.Name}:{node.Line}"))
        {
            node.Report($"The name '{id}' is already that of the rule or interlock at {_places[id]}; choose another.");
        }

        return id;
    }
}

/// <summary>A rule with what it means in each of its zones.</summary>
/// <param name="Definition">The rule.</param>
/// <param name="ByZone">Its targets by zone.</param>
internal sealed record CompiledRule(RuleDefinition Definition, IReadOnlyDictionary<Zone, ZoneRule> ByZone);
