using SmartFarm.Testing.Dashboards;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>Runs every query of every dashboard on a real InfluxDB, as Grafana would send it.</summary>
public sealed class Every_query_of_a_dashboard_is_answered(FilledInfluxDb influx) : IClassFixture<FilledInfluxDb>
{
    private static readonly Dictionary<string, Dictionary<string, string[]>> Selections = new()
    {
        ["all"] = [],
        ["one"] = new() { ["site"] = ["s1"], ["zone"] = ["gh2"] },
        ["two"] = new() { ["site"] = ["s1"], ["zone"] = ["gh1", "gh2"] },
        ["quarters"] = new() { ["climate"] = ["climate_15m"] },
        ["hours"] = new() { ["climate"] = ["climate_1h"] },
    };

    /// <summary>What may be without a row, and why. An answer with an error is never allowed.</summary>
    private static readonly (string Part, string Because)[] MayBeEmpty =
    [
        ("\"outcome\" = '", "one outcome of several: the panel beside it, of commands without effect, must have rows"),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var name in Dashboard.English)
            {
                var own = Dashboard.Load(name).Variables.Select(v => v.GetProperty("name").GetString()!).ToArray();
                foreach (var (selection, _) in Selections.Where(s => s.Value.Keys.All(own.Contains)))
                {
                    cases.Add(name, selection);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task With_data_and_without_error(string file, string selection)
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");

        var problems = await ProblemsAsync(Dashboard.Load(file).Queries, Selections[selection]);

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Theory]
    [InlineData("""SELECT mean("vdp") FROM "climate" WHERE $timeFilter""", "no row")]
    [InlineData("""SELECT mean("reason") FROM "command" WHERE $timeFilter""", "error")]
    [InlineData("""SELECT mean("vpd") FROM "climate" WHERE "zone" =~ /^nowhere$/ AND $timeFilter""", "no row")]
    public async Task And_a_broken_query_is_found_out(string query, string problem)
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");

        Assert.Contains(problem, Assert.Single(await ProblemsAsync([new DashboardQuery("here", query, IsVariable: false)], Selections["all"])));
    }

    private async Task<IReadOnlyList<string>> ProblemsAsync(IEnumerable<DashboardQuery> queries, IReadOnlyDictionary<string, string[]> selection)
    {
        var problems = new List<string>();
        foreach (var query in queries)
        {
            if (await influx.ProblemAsync(query, selection) is { } problem && !(problem.Contains("no row", StringComparison.Ordinal) && MayBeEmpty.Any(m => query.Text.Contains(m.Part, StringComparison.Ordinal))))
            {
                problems.Add(problem);
            }
        }

        return problems;
    }
}
