using SmartFarm.Configuration;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Configuration;

/// <summary>Cases in <c>tests/cases/{folder}/*.yaml</c>: a list <c>cases</c> of maps with a <c>name</c>.</summary>
internal static class CaseFiles
{
    public static TheoryData<string, string> In(params string[] folder)
    {
        var data = new TheoryData<string, string>();
        foreach (var path in Directory.GetFiles(Repository.PathOf(["tests", "cases", .. folder]), "*.yaml").Order(StringComparer.Ordinal))
        {
            foreach (var it in Read(path))
            {
                data.Add(Path.GetRelativePath(Repository.PathOf("tests", "cases"), path), it.Text("name"));
            }
        }

        return data;
    }

    public static YamlMap Find(string file, string name) => Read(Repository.PathOf("tests", "cases", file)).Single(it => it.Text("name") == name);

    public static string Text(this YamlMap map, string key) => map.Get(key)!.AsScalar()!.Text;

    /// <summary>Compares errors with the expected ones, each written as <c>line:column part-of-the-sentence</c>.</summary>
    public static void AssertErrors(YamlMap it, IReadOnlyList<ConfigurationError> errors)
    {
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
