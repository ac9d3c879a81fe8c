using SmartFarm.Configuration;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Looks over rules that load, for what an agronomist would rather know before they run.</summary>
public static class RuleLints
{
    private static readonly ILint[] All =
    [
        new NeverTrue(),
        new NeverWins(),
        new Contradiction(),
        new NoEffectOfItsOwn(),
        new HysteresisBelowNoise(),
        new HoldShorterThanInterval(),
        new NoSafeState(),
        new NoUnknownPolicy(),
        new NoStaleness(),
        new NoLeastTimes(),
        new NoStormProtection(),
        new ClimateProbe(),
    ];

    /// <summary>Names of all checks.</summary>
    public static IReadOnlyList<string> Names => [.. All.Select(l => l.Name)];

    /// <summary>Looks over the rules of a farm folder.</summary>
    /// <param name="folder">The farm folder, for what is written and what is left out.</param>
    /// <param name="farm">The farm of that folder.</param>
    /// <param name="book">Its rules.</param>
    public static IReadOnlyList<Finding> Run(string folder, Farm farm, RuleBook book)
    {
        var errors = new ConfigurationErrors();
        var rules = FarmFolder.Files(folder, RuleLoader.FolderName, errors).Where(name => !name.EndsWith(Cases.CaseReader.Ending, StringComparison.Ordinal));
        return Run(new LintContext(farm, book, YamlFile.Read(folder, "farm.yaml", errors), [.. rules.Select(name => YamlFile.Read(folder, name, errors)).OfType<YamlMap>()]));
    }

    internal static IReadOnlyList<Finding> Run(LintContext context) =>
    [
        .. All.SelectMany(lint => lint.Look(context)).Distinct()
            .OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.Level),
    ];
}
