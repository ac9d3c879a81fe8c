using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Kinds;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>What lints look at: the farm and its rules as compiled and as written.</summary>
/// <param name="farm">The farm.</param>
/// <param name="book">Its rules.</param>
/// <param name="farmFile">Top of <c>farm.yaml</c>; null when it is not at hand.</param>
/// <param name="ruleFiles">Tops of the rule files.</param>
internal sealed class LintContext(Farm farm, RuleBook book, YamlMap? farmFile, IReadOnlyList<YamlMap> ruleFiles)
{
    public Farm Farm => farm;

    public RuleBook Book => book;

    /// <summary>Rules of every zone, zone by zone.</summary>
    public IEnumerable<LintRule> Rules => book.Zones.SelectMany(zone => zone.Rules.Select(rule => new LintRule(zone, rule)));

    /// <summary>Rules with a start and an end, zone by zone in the order in which they win.</summary>
    public IEnumerable<IReadOnlyList<ThresholdRule>> Thresholds => book.Zones.Select(zone =>
        (IReadOnlyList<ThresholdRule>)[.. zone.Rules.Where(r => r.Definition.Logic is ThresholdLogic or AlarmLogic).Select(r => new ThresholdRule(zone, r))]);

    /// <summary>What a rule is in its file; null when that is not at hand.</summary>
    public YamlMap? WrittenOf(RuleDefinition rule) => ruleFiles.Where(f => f.File.Name == rule.Place.File)
        .SelectMany(top => top.Entries.Select(e => e.Value).OfType<YamlList>())
        .SelectMany(list => list.Items.OfType<YamlMap>())
        .FirstOrDefault(map => IdOf(map) == rule.Id);

    /// <summary>What an actuator is in <c>farm.yaml</c>; null when that is not at hand.</summary>
    public YamlMap? WrittenOf(string site, string zone, string actuator) =>
        Named(Named(Named(Under(farmFile, "sites"), site, "zones"), zone, "controllers"), null, "actuators").FirstOrDefault(a => IdOf(a) == actuator);

    /// <summary>What the devices of a zone and its site are in <c>farm.yaml</c>.</summary>
    public IEnumerable<YamlMap> WrittenDevices(string site, string zone) =>
        Named(Under(farmFile, "sites"), site, "devices").Concat(Named(Named(Under(farmFile, "sites"), site, "zones"), zone, "devices"));

    /// <summary>A finding at a rule, or at one of its keys.</summary>
    public Finding At(ILint lint, FindingLevel level, RuleDefinition rule, string message, string? key = null)
    {
        var node = key is null ? null : WrittenOf(rule)?.Entries.FirstOrDefault(e => e.Key.Text == key)?.Value;
        return new Finding(lint.Name, level, rule.Place.File, node?.Line ?? rule.Place.Line, node?.Column ?? rule.Place.Column, $"rule {rule.Id}", message);
    }

    private static IEnumerable<YamlMap> Under(YamlMap? map, string key) => (map?.Get(key) as YamlList)?.Items.OfType<YamlMap>() ?? [];

    private static IEnumerable<YamlMap> Named(IEnumerable<YamlMap> maps, string? id, string key) => maps.Where(m => id is null || IdOf(m) == id).SelectMany(m => Under(m, key));

    public static string? IdOf(YamlMap map) => (map.Get("id") as YamlScalar)?.Text;
}

/// <summary>A rule in a zone.</summary>
internal record LintRule(ZoneRules Zone, ZoneRule Rule)
{
    public RuleDefinition Definition => Rule.Definition;

    /// <summary>Its name with line, for sentences about other rules.</summary>
    public string Called => $"'{Definition.Id}' (line {Definition.Place.Line})";
}

/// <summary>A rule with a start and an end.</summary>
internal sealed record ThresholdRule(ZoneRules Zone, ZoneRule Rule) : LintRule(Zone, Rule)
{
    public Expression When { get; } = Rule.Definition.Logic.Conditions.First();

    public Expression? Until { get; } = Rule.Definition.Logic.Conditions.Skip(1).FirstOrDefault();

    /// <summary>Where it starts.</summary>
    public Region Start => Region.Of(When);

    /// <summary>Where it may be on: not where its end is true.</summary>
    public Region On => Until is null ? Start : Region.Of(Until, isNegated: true);

    /// <summary>What it asks of an actuator while it is on; NaN for nothing.</summary>
    public double Asks(int actuator) => Array.IndexOf(Rule.Actuators, actuator) is >= 0 and var slot && !Definition.Logic.IsLimit ? Rule.Constants[0][slot] : double.NaN;

    /// <summary>How long its start must have been true.</summary>
    public TimeSpan Held => When is Language.Conditions.HeldFor held ? held.Duration : TimeSpan.Zero;
}
