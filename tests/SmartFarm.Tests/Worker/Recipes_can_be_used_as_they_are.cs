using SmartFarm.Rules.Trials.Cases;
using SmartFarm.Testing;
using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Recipes;
using Xunit;

namespace SmartFarm.Tests.Worker;

/// <summary>The farms that <c>smartfarm rules new</c> writes. Goes red when one does not load, does not do what its cases say, or when it would overwrite what somebody wrote.</summary>
public sealed class Recipes_can_be_used_as_they_are
{
    private static readonly string[] Crops = ["tomato", "cucumber", "pepper", "lettuce", "strawberry", "seedlings"];

    public static TheoryData<string> Names => [.. Recipe.Names];

    [Fact]
    public void There_is_one_for_each_crop_and_the_example() => Assert.Equal([.. Crops.Append("starter").Order(StringComparer.Ordinal)], Recipe.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recipe_loads_without_a_finding_and_moves_something(string name)
    {
        using var folder = new TempFolder();
        Write(name, folder.Path, "gh1");

        var loaded = FarmFolder.Load(folder.Path);

        Assert.Empty(loaded.Findings);
        var rules = string.Concat(Directory.GetFiles(Path.Combine(folder.Path, "rules")).Select(File.ReadAllText));
        Assert.All(loaded.Rules!.Zones[0].Actuators, actuator => Assert.Contains($"{actuator.Id}: ", rules, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_case_of_a_recipe_holds(string name)
    {
        using var folder = new TempFolder();
        Write(name, folder.Path, "gh1");
        var loaded = FarmFolder.Load(folder.Path);

        var read = CaseReader.Load(folder.Path, loaded.Farm!);

        Assert.Empty(read.Errors);
        Assert.NotEmpty(read.Cases);
        Assert.All(read.Cases.Where(it => it.Rules is null), it =>
        {
            Assert.True(loaded.Rules!.TryGet(it.Site, it.Zone, out var rules));
            Assert.Empty(CaseRun.Run(it, rules).Failures);
        });
    }

    [Fact]
    public void A_recipe_can_be_for_other_zones()
    {
        using var folder = new TempFolder();
        Write("tomato", folder.Path, "gh3", "gh4");

        Assert.Contains("- id: gh3", File.ReadAllText(Path.Combine(folder.Path, "farm.yaml")), StringComparison.Ordinal);
        Assert.Contains("zones: [gh3, gh4]", File.ReadAllText(Path.Combine(folder.Path, "rules", "tomato-water.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_stays_as_it_is()
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "farm.yaml"), "farm: mine");
        Write("tomato", folder.Path, "gh1");

        Assert.Equal("farm: mine", File.ReadAllText(Path.Combine(folder.Path, "farm.yaml")));
        Assert.True(File.Exists(Path.Combine(folder.Path, "rules", "tomato-climate.yaml")));
    }

    private static void Write(string name, string folder, params string[] zones)
    {
        foreach (var file in Recipe.Find(name)!.Files)
        {
            RecipeWriter.Write(file, folder, zones);
        }
    }
}
