using System.Text.Json;
using System.Text.RegularExpressions;
using SmartFarm.Testing.Dashboards;
using Xunit;

namespace SmartFarm.Tests.Dashboards;

/// <summary>What a panel refers to is there: dashboards, variables, series, columns and the texts of its title.</summary>
public sealed partial class Panels_keep_the_rules
{
    private static readonly string[] Uids = [.. Dashboard.Names.Select(n => Dashboard.Load(n).Root.GetProperty("uid").GetString()!)];

    public static TheoryData<string> Files => [.. Dashboard.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Links_lead_to_dashboards_of_the_same_language_and_keep_the_time(string file)
    {
        var dashboard = Dashboard.Load(file);
        var own = dashboard.Root.GetProperty("uid").GetString()!;
        var language = Path.GetDirectoryName(file) is var folder && folder == "en" ? "" : $"-{folder}";

        Assert.All(dashboard.Panels.SelectMany(p => Urls(p.Json)), url =>
        {
            var uid = Uid().Match(url).Groups["uid"].Value;
            Assert.Contains(uid, Uids);
            Assert.Equal(language, Language().Match(uid).Value);
            Assert.EndsWith("${__url_time_range}", url);
        });
        Assert.All(dashboard.Root.GetProperty("links").EnumerateArray(), link =>
        {
            var isToOthers = link.GetProperty("type").GetString() == "dashboards";
            Assert.True(isToOthers ? link.GetProperty("keepTime").GetBoolean() : link.GetProperty("url").GetString()!.StartsWith($"/d/{own}?from=now-", StringComparison.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Links_hand_on_variables_that_the_other_dashboard_has_and_columns_or_labels_that_are_there(string file)
    {
        var byUid = Dashboard.Names.Select(Dashboard.Load).ToDictionary(d => d.Root.GetProperty("uid").GetString()!);

        Assert.All(Dashboard.Load(file).Panels, panel => Assert.All(Urls(panel.Json), url =>
        {
            var known = byUid[Uid().Match(url).Groups["uid"].Value].Variables.Select(v => v.GetProperty("name").GetString());
            Assert.Empty(Handed().Matches(url).Select(m => m.Groups["variable"].Value).Except(known));
            Assert.All(Handed().Matches(url).Where(m => m.Groups["from"].Length > 0), m =>
                Assert.Contains(panel.Targets, t => t.GetProperty("query").GetString()!.Contains($"\"{m.Groups["from"].Value}\"", StringComparison.Ordinal)));
        }));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Repeats_titles_and_descriptions_name_variables_that_are_there(string file)
    {
        var dashboard = Dashboard.Load(file);
        var known = dashboard.Variables.Select(v => v.GetProperty("name").GetString()!).ToArray();
        var texts = dashboard.AllPanels.SelectMany(p => Named().Matches($"{p.Title} {p.Description}").Select(m => m.Groups["name"].Value));
        var repeats = dashboard.AllPanels.Where(p => p.Json.TryGetProperty("repeat", out _)).Select(p => p.Json.GetProperty("repeat").GetString()!);

        Assert.Empty(texts.Concat(repeats).Except(known));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_band_is_filled_down_to_a_series_of_its_panel(string file)
    {
        Assert.All(Dashboard.Load(file).Panels, p => Assert.All(Properties(p.Json, "custom.fillBelowTo"), name =>
            Assert.Contains(p.Targets, t => t.GetProperty("alias").GetString()!.EndsWith(name.GetString()!, StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_series_is_named_only_by_tags_that_its_query_groups_by(string file)
    {
        Assert.All(Dashboard.Load(file).Panels.SelectMany(p => p.Targets).Where(t => t.TryGetProperty("alias", out _)), t =>
        {
            var query = t.GetProperty("query").GetString()!;
            var groups = query[Math.Max(0, query.LastIndexOf("GROUP BY", StringComparison.Ordinal))..];
            Assert.All(Tag().Matches(t.GetProperty("alias").GetString()!), m => Assert.Contains($"\"{m.Groups["name"].Value}\"", groups));
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_look_belongs_to_a_query_or_a_column_of_its_panel(string file)
    {
        Assert.All(Dashboard.Load(file).Panels, p => Assert.All(p.Json.GetProperty("fieldConfig").GetProperty("overrides").EnumerateArray(), o =>
        {
            var (by, what) = (o.GetProperty("matcher").GetProperty("id").GetString(), o.GetProperty("matcher").GetProperty("options").GetString()!);
            Assert.True(by switch
            {
                "byFrameRefID" => p.Targets.Any(t => t.GetProperty("refId").GetString() == what),
                "byName" => what == "Time" || p.Targets.Any(t => t.GetProperty("query").GetString()!.Contains($"\"{what}\"", StringComparison.Ordinal)),
                _ => false,
            }, $"'{p.Title}': nothing is '{what}'.");
        }));
    }

    private static IEnumerable<JsonElement> Properties(JsonElement panel, string id) =>
        panel.GetProperty("fieldConfig").GetProperty("overrides").EnumerateArray().SelectMany(o => o.GetProperty("properties").EnumerateArray())
            .Where(p => p.GetProperty("id").GetString() == id).Select(p => p.GetProperty("value"));

    private static IEnumerable<string> Urls(JsonElement panel)
    {
        var links = Properties(panel, "links").ToList();
        if (panel.GetProperty("fieldConfig").GetProperty("defaults").TryGetProperty("links", out var own))
        {
            links.Add(own);
        }

        return links.SelectMany(l => l.EnumerateArray()).Select(l => l.GetProperty("url").GetString()!);
    }

    [GeneratedRegex(@"^/d/(?<uid>[\w-]+)\?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uid();

    [GeneratedRegex("(-(ru|kk|ko))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Language();

    [GeneratedRegex(@"var-(?<variable>\w+)=(\$\{__(data\.fields|field\.labels)\.(?<from>\w+)\})?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Handed();

    [GeneratedRegex(@"\$\{?(?<name>[A-Za-z]\w*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\$tag_(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
