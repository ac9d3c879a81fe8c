using SmartFarm.Configuration;
using SmartFarm.Configuration.Farms;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Loading;
using SmartFarm.Rules.Trials.Lints;
using SmartFarm.Testing;
using SmartFarm.Tests.Configuration;
using Xunit;

namespace SmartFarm.Tests.Rules.Trials;

/// <summary>
/// Runs <c>tests/cases/rules/lints/*.yaml</c>: rules that load and do not do what is meant, and every finding they must give; rules as they ought to be give none. Red when a
/// check goes blind, cries wolf at the good twin that stands beside each bad one, or points at the wrong place.
/// </summary>
public sealed class Rules_are_looked_over
{
    public static TheoryData<string, string> Cases => CaseFiles.In("rules", "lints");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_finding_is_named_where_it_stands(string file, string name)
    {
        var it = CaseFiles.Find(file, name);
        var farmText = it.Get("farm") is null ? File.ReadAllText(Repository.PathOf("farm", "farm.yaml")) : it.Text("farm");
        var farm = FarmLoader.Parse(farmText).Farm!;
        var errors = new ConfigurationErrors();
        var rules = RuleLoader.Parse(it.Text("rules"), farm);
        Assert.Empty(rules.Errors);

        var findings = RuleLints.Run(new LintContext(
            farm, rules.Book!, YamlFile.Parse(farmText, "farm.yaml", errors), [YamlFile.Parse(it.Text("rules"), "rules/rules.yaml", errors)!]));

        var expected = it.List("findings").Select(f => f.AsScalar()!.Text.Split(' ', 4)).ToArray();
        Assert.Equal(
            expected.Select(e => string.Join(' ', e.Take(3))),
            findings.Select(f => $"{f.File}:{f.Line}:{f.Column} {f.Level.ToString().ToLowerInvariant()} {f.Check}"));
        Assert.All(expected.Zip(findings), pair => Assert.Contains(pair.First.ElementAtOrDefault(3) ?? "", pair.Second.ToString()));
    }

    [Fact]
    public void Every_check_has_a_case_that_it_finds_something_in()
    {
        var text = string.Concat(Directory.GetFiles(Repository.PathOf("tests", "cases", "rules", "lints")).Select(File.ReadAllText));

        Assert.All(RuleLints.Names, name => Assert.Matches($"(warning|hint) {name} ", text));
    }

    [Fact]
    public void The_shipped_rules_give_no_warning()
    {
        var farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;
        var findings = RuleLints.Run(Repository.PathOf("farm"), farm, RuleLoader.Load(Repository.PathOf("farm"), farm).Book!);

        Assert.DoesNotContain(findings, f => f.Level != FindingLevel.Hint);
    }
}
