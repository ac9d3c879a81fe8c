using SmartFarm.Testing.Dashboards;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>Every alert rule on a real InfluxDB, minute after minute, on data that must fire it and data that must not.</summary>
public sealed class Alerts_fire_when_they_must(AlertDatabase influx) : IClassFixture<AlertDatabase>
{
    public static TheoryData<string> Names => [.. AlertCase.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task On_the_data_of_a_case(string name)
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");
        var it = AlertCase.All[name];
        var rule = AlertRule.All[it.Rule];
        var database = await influx.NewAsync(it.Lines());
        var watch = new AlertWatch(rule, (query, from, to) => it.Away is { } away && to >= AlertCase.At(away)
            ? throw new HttpRequestException("The database is away.")
            : influx.AskAsync(database, query, from, to));

        var now = AlertCase.At(it.Watch[0].At) - rule.Patience - TimeSpan.FromMinutes(2);
        foreach (var expected in it.Watch)
        {
            for (; now <= AlertCase.At(expected.At); now += TimeSpan.FromMinutes(1))
            {
                await watch.EvaluateAsync(now);
            }

            Assert.Equal(expected.Fires.Order(), watch.Firing(now.AddMinutes(-1)).Select(labels => labels.Length == 0 ? "rule" : labels));
        }
    }

    [Fact]
    public void Every_rule_has_data_that_fires_it_and_data_that_does_not()
    {
        var cases = AlertCase.All.Values.ToLookup(c => c.Rule);

        Assert.All(AlertRule.All.Keys, uid =>
        {
            Assert.Contains(cases[uid], c => c.Watch.Exists(w => w.Fires.Count > 0));
            Assert.Contains(cases[uid], c => c.Watch.TrueForAll(w => w.Fires.Count == 0));
        });
        Assert.Empty(cases.Select(c => c.Key).Except(AlertRule.All.Keys));
    }

    [Theory]
    [InlineData("query", "DROP MEASUREMENT \"climate\"")]
    [InlineData("query", "DROP DATABASE \"{db}\"")]
    [InlineData("query", "DELETE FROM \"climate\"")]
    [InlineData("query", "CREATE DATABASE other")]
    [InlineData("query", "SELECT * INTO \"copy\" FROM \"climate\"")]
    [InlineData("query", "CREATE USER me WITH PASSWORD 'x' WITH ALL PRIVILEGES")]
    [InlineData("write", "climate,site=s1,zone=gh1 air_temperature=99")]
    public async Task The_account_of_Grafana_reads_and_changes_nothing(string door, string text)
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");
        var database = await influx.NewAsync("climate,site=s1,zone=gh1 air_temperature=21.5 1768446450");

        var (status, answer) = await influx.AsReaderAsync(door, database, text.Replace("{db}", database));
        var (_, left) = await influx.AsReaderAsync("query", database, "SELECT * FROM \"climate\"");

        Assert.True(status == 403 || answer.Contains("not authorized", StringComparison.Ordinal), $"{status} {answer}");
        Assert.Contains("21.5", left);
        Assert.DoesNotContain("99", left);
    }
}
