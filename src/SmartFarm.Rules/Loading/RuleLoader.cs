using System.Diagnostics.CodeAnalysis;
using SmartFarm.Configuration;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Rules.Loading;

/// <summary>What came of loading rules: the book, or everything that is wrong.</summary>
/// <param name="Book">The rules; null when there are errors.</param>
/// <param name="Errors">All errors, in order of file, line and column.</param>
public sealed record RuleLoadResult(RuleBook? Book, IReadOnlyList<ConfigurationError> Errors)
{
    /// <summary>Whether the rules can be used.</summary>
    [MemberNotNullWhen(true, nameof(Book))]
    public bool IsValid => Book is not null;

    /// <summary>All errors as sentences, each with its place.</summary>
    public IReadOnlyList<string> Findings => [.. Errors.Select(e => e.ToString())];
}

/// <summary>Loads <c>rules/*.yaml</c> of a farm folder and compiles them against the farm.</summary>
public static class RuleLoader
{
    /// <summary>Folder of the rules in the farm folder.</summary>
    public const string FolderName = "rules";

    private const string CasesEnding = ".cases.yaml";

    /// <summary>Loads a folder; one without rules gives a book without rules. Never throws for what is in it.</summary>
    /// <param name="folder">The farm folder.</param>
    /// <param name="farm">The farm of that folder.</param>
    public static RuleLoadResult Load(string folder, Farm farm)
    {
        var errors = new ConfigurationErrors();
        var tops = FarmFolder.Files(folder, FolderName, errors)
            .Where(name => !name.EndsWith(CasesEnding, StringComparison.Ordinal))
            .Select(name => YamlFile.Read(folder, name, errors));
        return Compile(tops, farm, errors);
    }

    /// <summary>Compiles the text of one rule file.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="farm">The farm.</param>
    /// <param name="name">What the file is called in errors.</param>
    public static RuleLoadResult Parse(string text, Farm farm, string name = "rules/rules.yaml")
    {
        var errors = new ConfigurationErrors();
        return Compile([YamlFile.Parse(text, name, errors)], farm, errors);
    }

    /// <summary>Compiles the texts of the files of a rule set; those that end in <c>.cases.yaml</c> are no rules and are passed over.</summary>
    /// <param name="texts">YAML texts by file name.</param>
    /// <param name="farm">The farm.</param>
    public static RuleLoadResult Compile(IEnumerable<KeyValuePair<string, string>> texts, Farm farm)
    {
        var errors = new ConfigurationErrors();
        return Compile([.. texts.Where(t => !t.Key.EndsWith(CasesEnding, StringComparison.Ordinal)).Select(t => YamlFile.Parse(t.Value, t.Key, errors))], farm, errors);
    }

    private static RuleLoadResult Compile(IEnumerable<YamlMap?> tops, Farm farm, ConfigurationErrors errors)
    {
        var compiler = new RuleCompiler(farm, errors);
        compiler.Add([.. tops.OfType<YamlMap>()]);
        return new RuleLoadResult(errors.IsEmpty ? compiler.ToBook() : null, errors.ToList());
    }
}
