using SmartFarm.Configuration;
using SmartFarm.Configuration.Farms;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Configuration;

/// <summary>Runs <c>tests/cases/farm/*.yaml</c>: a farm.yaml with mistakes, and every error it must give as <c>line:column part-of-the-sentence</c>.</summary>
public sealed class Farm_mistakes
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var path in Directory.GetFiles(Repository.PathOf("tests", "cases", "farm"), "*.yaml").Order(StringComparer.Ordinal))
            {
                foreach (var name in Read(path).Select(c => c.Get("name")!.AsText()!))
                {
                    data.Add(Path.GetFileName(path), name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_mistake_is_named_where_it_stands(string file, string name)
    {
        var it = Read(Repository.PathOf("tests", "cases", "farm", file)).Single(c => c.Get("name")!.AsText() == name);

        var errors = FarmLoader.Parse(it.Get("farm")!.AsScalar()!.Text).Errors;

        var expected = it.List("errors").Select(e => e.AsScalar()!.Text.Split(' ', 2)).ToArray();
        Assert.Equal(expected.Select(e => e[0]), errors.Select(e => $"{e.Line}:{e.Column}"));
        Assert.All(expected.Zip(errors), pair => Assert.Contains(pair.First[1], pair.Second.ToString()));
    }

    private static YamlMap[] Read(string path)
    {
        var errors = new ConfigurationErrors();
        var cases = YamlFile.Read(Path.GetDirectoryName(path)!, Path.GetFileName(path), errors)?.Maps("cases").ToArray();
        Assert.Empty(errors.ToList());
        return cases!;
    }
}
