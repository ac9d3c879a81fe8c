using SmartFarm.Configuration.Farms;
using SmartFarm.Rules.Loading;
using SmartFarm.Testing;
using SmartFarm.Tests.Configuration;
using Xunit;

namespace SmartFarm.Tests.Rules;

/// <summary>Runs <c>tests/cases/rules/mistakes/*.yaml</c>: a rule file with mistakes, against the shipped farm, and every error it must give.</summary>
public sealed class Rule_mistakes
{
    public static TheoryData<string, string> Cases => CaseFiles.In("rules", "mistakes");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_mistake_is_named_where_it_stands(string file, string name)
    {
        var it = CaseFiles.Find(file, name);
        var farm = it.Get("farm") is null ? FarmLoader.Load(Repository.PathOf("farm")).Farm! : FarmLoader.Parse(it.Text("farm")).Farm!;

        CaseFiles.AssertErrors(it, RuleLoader.Parse(it.Text("rules"), farm).Errors);
    }
}
