using System.Text.Json;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Testing.Dashboards;
using Xunit;

namespace SmartFarm.Tests.Dashboards;

/// <summary>What every dashboard file must be, so that it works on any InfluxDB and tells its reader what to do.</summary>
public sealed class Dashboards_keep_the_rules
{
    /// <summary>Every id of a unit that Grafana knows (@grafana/data 13.2.2); a wrong id shows bare numbers. What it has none for is a suffix.</summary>
    private static readonly HashSet<string> Units = [.. File.ReadAllLines(Repository.PathOf("tests", "cases", "dashboards", "units.txt"))];

    private static readonly string[] BuiltIn = ["timeFilter", "__interval", "__timezone"];

    public static TheoryData<string> Files => [.. Dashboard.Names];

    [Fact]
    public void Uids_and_titles_are_unique()
    {
        var all = Dashboard.Names.Select(Dashboard.Load).ToArray();

        Assert.Distinct(all.Select(d => d.Root.GetProperty("uid").GetString()));
        Assert.All(all.GroupBy(d => Path.GetDirectoryName(d.Name)), folder => Assert.Distinct(folder.Select(d => d.Root.GetProperty("title").GetString())));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_file_is_the_source(string file)
    {
        var root = Dashboard.Load(file).Root;

        Assert.Equal(JsonValueKind.Null, root.GetProperty("id").ValueKind);
        Assert.StartsWith("smartfarm-", root.GetProperty("uid").GetString());
        Assert.Equal(41, root.GetProperty("schemaVersion").GetInt32());
        Assert.False(root.GetProperty("editable").GetBoolean());
        Assert.Equal("30s", root.GetProperty("refresh").GetString());
        Assert.Contains("smartfarm", root.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
        Assert.NotEmpty(root.GetProperty("description").GetString()!);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_data_source_is_a_variable_used_everywhere(string file)
    {
        var dashboard = Dashboard.Load(file);
        var first = dashboard.Variables.First();
        var users = dashboard.Panels.Select(p => p.Json).Concat(dashboard.Panels.SelectMany(p => p.Targets)).Concat(dashboard.Annotations).Concat(dashboard.Variables.Skip(1));

        Assert.Equal("datasource", first.GetProperty("name").GetString());
        Assert.Equal("influxdb", first.GetProperty("query").GetString());
        Assert.All(users.Where(u => Text(u, "type") != "custom"), u => Assert.Equal("${datasource}", u.GetProperty("datasource").GetProperty("uid").GetString()));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Variables_follow_the_time_range_and_take_many_values(string file)
    {
        Assert.All(Dashboard.Load(file).Variables.Skip(1).Where(v => Text(v, "type") == "query"), v =>
        {
            Assert.Equal(2, v.GetProperty("refresh").GetInt32());
            Assert.True(v.GetProperty("multi").GetBoolean());
            Assert.True(v.GetProperty("includeAll").GetBoolean());
            Assert.Equal(".*", v.GetProperty("allValue").GetString());
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_panel_says_what_it_shows_and_what_to_do(string file)
    {
        Assert.All(Dashboard.Load(file).Panels, p =>
        {
            Assert.NotEmpty(p.Title);
            Assert.True(p.Description.Length > (file.StartsWith("ko/", StringComparison.Ordinal) ? 30 : 60) && p.Description.EndsWith('.'), $"The description of '{p.Title}' does not say enough.");
            Assert.NotEmpty(p.Targets);
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_number_has_a_known_unit(string file)
    {
        var dashboard = Dashboard.Load(file);

        Assert.All(dashboard.Panels.Where(p => p.Type is not ("table" or "text")), p => Assert.NotEmpty(p.Units));
        Assert.Empty(dashboard.Panels.SelectMany(p => p.Units).Where(u => !u.StartsWith("suffix: ", StringComparison.Ordinal)).Except(Units));
    }

    /// <summary>Grafana's table finds the values of a column by its heading.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Columns_of_a_table_have_different_headings(string file)
    {
        Assert.All(Dashboard.Load(file).Panels.Where(p => p.Type == "table"), p => Assert.Distinct(p.Json.GetProperty("fieldConfig").GetProperty("overrides").EnumerateArray()
            .SelectMany(o => o.GetProperty("properties").EnumerateArray()).Where(o => Text(o, "id") == "displayName").Select(o => Text(o, "value"))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Panels_have_their_own_id_and_place(string file)
    {
        var panels = Dashboard.Load(file).AllPanels;

        Assert.Distinct(panels.Select(p => p.Id));
        Assert.All(panels, p => Assert.True(p.Place is { X: >= 0, Width: > 0, Height: > 0 } place && place.X + place.Width <= 24, $"'{p.Title}' is outside the 24 columns."));
        Assert.Empty(panels.SelectMany(a => panels.Where(b => a.Id < b.Id && Overlap(a.Place, b.Place)).Select(b => $"'{a.Title}' lies over '{b.Title}'")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_query_follows_the_time_range_and_the_selection(string file)
    {
        var dashboard = Dashboard.Load(file);
        var defined = dashboard.Variables.Select(v => v.GetProperty("name").GetString()!).Concat(BuiltIn).ToArray();

        Assert.All(dashboard.Queries, q =>
        {
            Assert.Contains(q.IsVariable ? "time > now() - 30d" : "$timeFilter", q.Text);
            Assert.Empty(q.Variables.Except(defined));
            Assert.DoesNotContain("= '$", q.Text);
        });
        Assert.All(dashboard.Queries.Where(q => !q.IsVariable && KnownSchema.Measurements[q.Measurement].Tags.Contains("zone")), q =>
        {
            Assert.Contains("\"site\" =~ /^$site$/", q.Text);

            // The weather is of the whole site, whichever greenhouse is chosen.
            Assert.True(q.Text.Contains("\"zone\" =~ /^$zone$/") || q.Text.Contains($"\"zone\" = '{Schema.SiteZone}'"), q.Where);
        });
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Overlap((int X, int Y, int Width, int Height) a, (int X, int Y, int Width, int Height) b) =>
        a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;
}
