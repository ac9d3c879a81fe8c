using System.Text.Json;

namespace SmartFarm.Testing.Dashboards;

/// <summary>One Grafana dashboard file under <c>dashboards/</c>, in the classic format.</summary>
public sealed class Dashboard
{
    public Dashboard(string name, string json)
    {
        Name = name;
        Root = JsonDocument.Parse(json).RootElement;
        AllPanels = [.. Root.GetProperty("panels").EnumerateArray().SelectMany(WithChildren).Select(p => new Panel(p))];
    }

    /// <summary>All files, such as <c>en/zone.json</c>: one folder for each language.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Repository.PathOf("dashboards"), "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.PathOf("dashboards"), f)).Order(StringComparer.Ordinal)];

    /// <summary>Those in English: the others ask the same.</summary>
    public static IEnumerable<string> English => Names.Where(n => n.StartsWith("en/", StringComparison.Ordinal));

    public string Name { get; }

    public JsonElement Root { get; }

    /// <summary>Rows and panels, those inside a collapsed row too.</summary>
    public IReadOnlyList<Panel> AllPanels { get; }

    /// <summary>Panels that draw something.</summary>
    public IEnumerable<Panel> Panels => AllPanels.Where(p => p.Type != "row");

    public IEnumerable<JsonElement> Variables => Root.GetProperty("templating").GetProperty("list").EnumerateArray();

    public IEnumerable<JsonElement> Annotations => Root.GetProperty("annotations").GetProperty("list").EnumerateArray();

    /// <summary>Variables of a fixed choice, with what they stand for at first.</summary>
    public IReadOnlyDictionary<string, string> Defaults => Variables.Where(v => v.GetProperty("type").GetString() == "custom")
        .ToDictionary(v => v.GetProperty("name").GetString()!, v => v.GetProperty("current").GetProperty("value").GetString()!);

    /// <summary>Every query that Grafana will send: of panels, annotations and variables.</summary>
    public IEnumerable<DashboardQuery> Queries =>
    [
        .. Panels.SelectMany(p => p.Targets.Select(t => Query($"panel '{p.Title}'", t.GetProperty("query"), isVariable: false))),
        .. Annotations.Select(a => Query($"annotation '{a.GetProperty("name")}'", a.GetProperty("target").GetProperty("query"), isVariable: false)),
        .. Variables.Where(v => v.GetProperty("type").GetString() == "query").Select(v => Query($"variable '{v.GetProperty("name")}'", v.GetProperty("query"), isVariable: true)),
    ];

    public static Dashboard Load(string name) => new(name, File.ReadAllText(Repository.PathOf("dashboards", name)));

    private DashboardQuery Query(string where, JsonElement text, bool isVariable) => new($"{Name}, {where}", text.GetString()!, isVariable) { Defaults = Defaults };

    private static IEnumerable<JsonElement> WithChildren(JsonElement panel) =>
        panel.TryGetProperty("panels", out var children) ? children.EnumerateArray().Prepend(panel) : [panel];
}
