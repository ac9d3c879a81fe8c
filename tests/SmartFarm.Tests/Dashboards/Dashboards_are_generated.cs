using SmartFarm.Dashboards;
using SmartFarm.Dashboards.Model;
using SmartFarm.Testing;
using SmartFarm.Testing.Dashboards;
using Xunit;

namespace SmartFarm.Tests.Dashboards;

/// <summary>One source: the code of the dashboards and one table of texts. To write the files anew: <c>smartfarm dashboards --to dashboards</c>.</summary>
public sealed class Dashboards_are_generated
{
    [Fact]
    public void What_is_committed_is_what_is_generated()
    {
        var made = DashboardFiles.Make().ToDictionary(f => f.Path, f => f.Json);

        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), Dashboard.Names);
        Assert.All(made, f => Assert.True(
            f.Value == File.ReadAllText(Repository.PathOf("dashboards", f.Key)),
            $"dashboards/{f.Key} is not what the code makes: run 'smartfarm dashboards --to dashboards' and look at the difference."));
    }

    [Fact]
    public void Every_text_is_there_in_every_language_and_is_used()
    {
        Assert.All(Texts.All.Keys, key => Assert.All(Language.All, language => Assert.NotEmpty(Texts.All.Get(key, language).Trim())));
        Assert.Empty(Texts.All.Keys.Except(DashboardFiles.TextsInUse()));
    }

    [Fact]
    public void Descriptions_are_translated_and_not_copied()
    {
        var others = Language.All.Skip(1).ToArray();

        Assert.All(
            Texts.All.Keys.Where(k => k.EndsWith(".description", StringComparison.Ordinal)),
            key => Assert.All(others, o => Assert.NotEqual(Texts.All.Get(key, Language.All[0]), Texts.All.Get(key, o))));
    }

    [Fact]
    public void All_languages_ask_the_same()
    {
        var queries = Dashboard.Names.ToLookup(Path.GetFileName, n => string.Join('\n', Dashboard.Load(n).Queries.Select(q => q.Text)));

        Assert.All(queries, board => Assert.Equal(Language.All.Count, board.Count()));
        Assert.All(queries, board => Assert.Single(board.Distinct()));
    }
}
