using System.Text.Json.Nodes;
using NJsonSchema;
using SmartFarm.Testing;
using SmartFarm.Testing.Dashboards;
using Xunit;

namespace SmartFarm.Tests.Dashboards;

/// <summary>Grafana drops what it does not know without a word: names, types and allowed values are judged by the schemas in tests/cases/dashboards/schema.</summary>
public sealed class Dashboards_have_the_shape_of_Grafana
{
    private static readonly JsonSchema Whole = Load("dashboard.json");
    private static readonly JsonSchema Panels = Load("panel.json");

    public static TheoryData<string> Files => [.. Dashboard.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_part_of_a_file(string file) => Assert.Empty(Problems(File.ReadAllText(Repository.PathOf("dashboards", file))));

    [Theory]
    [InlineData("options", "legend.showLegends", "true")]
    [InlineData("options", "legend.placement", "\"below\"")]
    [InlineData("options", "tooltip.mode", "1")]
    [InlineData("fieldConfig", "defaults.custom.drawStyle", "\"curve\"")]
    [InlineData("fieldConfig", "defaults.custom.lineColour", "\"red\"")]
    [InlineData("fieldConfig", "defaults.color", """{ "mode": "fixed", "fixedColor": "amber" }""")]
    [InlineData("fieldConfig", "defaults.mappings", """[{ "type": "value", "options": { "0": { "text": "" } } }]""")]
    [InlineData("fieldConfig", "overrides", """[{ "matcher": { "id": "byName", "options": "a" }, "properties": [{ "id": "colour", "value": 1 }] }]""")]
    [InlineData("gridPos", "w", "25")]
    [InlineData("datasource", "uid", "\"smartfarm-influxdb\"")]
    public void A_mistake_is_found(string part, string path, string value)
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Repository.PathOf("dashboards", "en", "health.json")))!;
        var place = dashboard["panels"]!.AsArray().First(p => (string?)p!["type"] == "timeseries")![part]!;
        var names = path.Split('.');
        foreach (var name in names.SkipLast(1))
        {
            place = place[name]!;
        }

        place[names[^1]] = JsonNode.Parse(value);

        Assert.NotEmpty(Problems(dashboard.ToJsonString()));
    }

    [Fact]
    public void A_panel_of_an_unknown_type_is_found() =>
        Assert.Contains(Problems("""{ "panels": [{ "type": "gauge" }] }"""), p => p.Contains("no schema for 'gauge'", StringComparison.Ordinal));

    private static JsonSchema Load(string file) => JsonSchema.FromJsonAsync(File.ReadAllText(Repository.PathOf("tests", "cases", "dashboards", "schema", file))).GetAwaiter().GetResult();

    private static List<string> Problems(string json)
    {
        var problems = Whole.Validate(json).Select(e => $"dashboard: {e}").ToList();
        foreach (var panel in JsonNode.Parse(json)!["panels"]!.AsArray())
        {
            var type = (string)panel!["type"]!;
            problems.AddRange(Panels.Definitions.TryGetValue(type, out var schema)
                ? schema.Validate(panel.ToJsonString()).Select(e => $"{type} '{panel["title"]}': {e}")
                : [$"There is no schema for '{type}': add it to panel.json."]);
        }

        return problems;
    }
}
