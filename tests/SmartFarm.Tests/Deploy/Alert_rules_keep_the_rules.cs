using System.Text.RegularExpressions;
using SmartFarm.Testing;
using SmartFarm.Testing.Dashboards;
using SmartFarm.Tests.Dashboards;
using Xunit;

namespace SmartFarm.Tests.Deploy;

/// <summary>What Grafana asks of a provisioned alert rule, and what we ask: a rule that it refuses stops its start.</summary>
public sealed class Alert_rules_keep_the_rules
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex Uid = new("^[A-Za-z0-9_-]{1,40}$", Plain);
    private static readonly Regex Label = new(@"\$labels\.(?<name>\w+)", Plain);
    private static readonly Regex Grouped = new("GROUP BY (?<tags>.*)$", Plain);

    private static readonly string[] Dashboards = [.. Dashboard.English.Select(name => Dashboard.Load(name).Root.GetProperty("uid").GetString()!)];

    public static TheoryData<string> Uids => [.. AlertRule.All.Keys];

    [Fact]
    public void Uids_and_titles_are_given_once_and_groups_have_a_folder_of_their_own()
    {
        // Grafana makes this folder before the dashboards' folders, with a uid of its own: with their name, there would be two.
        Assert.All(AlertRule.Groups, g => Assert.Equal((1, "SmartFarm alerts", "1m"), (g.OrgId, g.Folder, g.Interval)));
        Assert.Distinct(AlertRule.Groups.Select(g => g.Name));
        Assert.Distinct(AlertRule.All.Values.Select(r => r.Title));
        Assert.All(AlertRule.All.Keys, uid => Assert.Matches(Uid, uid));
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public void It_says_what_is_wrong_and_what_to_do(string uid)
    {
        var rule = AlertRule.All[uid];

        Assert.Contains(rule.Labels["severity"], new[] { "critical", "warning" });
        Assert.True(rule.Annotations["summary"].Length > 15);
        Assert.True(rule.Annotations["description"].Length > 80 && rule.Annotations["description"].EndsWith('.'), $"The description of {uid} does not say enough.");
        Assert.Contains(rule.DashboardUid, Dashboards);
        // Labels are expanded by the provisioning itself, and so are braces in annotations.
        Assert.DoesNotContain(rule.Labels.Values, l => l.Contains('$'));
        Assert.DoesNotContain(rule.Annotations.Values, a => a.Contains("${"));
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public void Its_states_are_those_of_Grafana(string uid)
    {
        var rule = AlertRule.All[uid];

        Assert.Contains(rule.NoDataState, new[] { "NoData", "Alerting", "OK", "KeepLast" });
        Assert.Contains(rule.ExecErrState, new[] { "Error", "Alerting", "OK", "KeepLast" });
        Assert.InRange(rule.Patience, TimeSpan.Zero, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void One_rule_tells_that_the_database_is_away_and_not_all()
    {
        Assert.Equal(["sf-database-away"], AlertRule.All.Values.Where(r => r.ExecErrState != "KeepLast").Select(r => r.Uid));
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public void Its_queries_and_expressions_refer_to_each_other(string uid)
    {
        var rule = AlertRule.All[uid];
        var known = new List<string>();
        foreach (var query in rule.Data)
        {
            Assert.Equal(query.RefId, query.Model.RefId);
            Assert.Contains(query.DatasourceUid, new[] { "smartfarm-influxdb", AlertQuery.Expression });
            var asked = query.Model.Type == "math" ? Regex.Matches(query.Model.Expression, @"\$(?<ref>[A-Z])", Plain).Select(m => m.Groups["ref"].Value) : [query.Model.Expression];
            Assert.All(query.DatasourceUid == AlertQuery.Expression ? asked : [], refId => Assert.Contains(refId, known));
            known.Add(query.RefId);
        }

        Assert.Distinct(known);
        Assert.Equal(known[^1], rule.Condition);
        Assert.Contains("uid: smartfarm-influxdb\n", File.ReadAllText(Repository.PathOf("dashboards", "provisioning", "datasources", "smartfarm.yaml")));
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public void Its_queries_have_a_range_and_no_variable_of_a_dashboard(string uid)
    {
        Assert.All(AlertRule.All[uid].Queries, q =>
        {
            Assert.True(q.Model.RawQuery);
            Assert.Equal("time_series", q.Model.ResultFormat);
            Assert.True(q.RelativeTimeRange is { From: > 0, To: 0 });
            Assert.Equal(["timeFilter"], new DashboardQuery(uid, q.Model.Query, IsVariable: false).Variables);
        });
    }

    /// <summary>A misspelt name is answered with nothing, and nothing never fires.</summary>
    [Theory]
    [MemberData(nameof(Uids))]
    public void Its_names_are_those_of_the_schema(string uid)
    {
        Assert.All(AlertRule.All[uid].Queries.Select(q => new DashboardQuery(uid, q.Model.Query, IsVariable: false)), query =>
        {
            var (tags, fields) = KnownSchema.Measurements[query.Measurement];
            Assert.Empty(query.Names.Except(tags).Except(fields));
        });
    }

    /// <summary>A count below a limit must find a 0, and a bucket that has just begun must not count before it is as old as the patience.</summary>
    [Theory]
    [MemberData(nameof(Uids))]
    public void Silence_is_counted_in_buckets_filled_with_0(string uid)
    {
        var rule = AlertRule.All[uid];

        Assert.All(rule.Queries.Where(q => q.Model.Query.Contains("count(") && rule.Data[^1].Model.Conditions.Exists(c => c.Evaluator.Type == "lt")), q =>
        {
            Assert.EndsWith("fill(0)", q.Model.Query);
            Assert.True(q.RelativeTimeRange!.From >= 86400, "The zone leaves the answer after this range, and with it the alert.");
            Assert.Equal("Alerting", rule.NoDataState);
            Assert.True(rule.Patience >= TimeSpan.FromMinutes(3));
        });
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public void Labels_in_its_texts_are_tags_it_groups_by(string uid)
    {
        var rule = AlertRule.All[uid];
        var tags = rule.Queries.Select(q => Grouped.Match(q.Model.Query).Groups["tags"].Value).ToList();

        Assert.All(rule.Annotations.Values.SelectMany(a => Label.Matches(a)).Select(m => m.Groups["name"].Value), name => Assert.All(tags, t => Assert.Contains($"\"{name}\"", t)));
    }
}
