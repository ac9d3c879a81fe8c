using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmartFarm.IntegrationTests.Dashboards;
using SmartFarm.Testing;
using SmartFarm.Testing.Dashboards;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>
/// A measured week of a real greenhouse, replayed through mosquitto and the worker into a real database: what arrives is what was
/// published, and single values and times are those of the CSV file.
/// </summary>
public sealed partial class A_recorded_greenhouse_is_replayed : IAsyncLifetime
{
    private static readonly string Sample = Repository.PathOf("simulators", "samples", "agc2022-lettuce");

    // Rows of Reference_GreenhouseClimate.csv; February in Amsterdam is one hour ahead of UTC.
    private static readonly (string Time, string Device, string Quantity, double Value)[] SpotChecks =
    [
        ("2022-02-13T23:00:00Z", "climate-1", "air_temperature", 18.30),
        ("2022-02-13T23:04:00Z", "climate-1", "relative_humidity", 80.30),
        ("2022-02-13T23:04:00Z", "climate-1", "co2", 497),
        ("2022-02-13T23:04:00Z", "sigrow-1", "air_temperature", 17.10),
    ];

    private readonly Mosquitto _broker = new();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, "mosquitto is not installed.");
        await _broker.StartAsync();
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Into_InfluxDB()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxdb is not installed.");
        await using var influx = new InfluxDb();
        await influx.StartAsync();
        await using var worker = await StartWorkerAsync(influx.Url, version: "1");

        var published = await ReplayAsync("Reference_GreenhouseClimate.csv", "climate.map.yaml") + await ReplayAsync("weather.csv", "weather.map.yaml");

        await Eventually.Is(async () => Sum(await influx.QueryAsync("SELECT count(*) FROM telemetry", "smartfarm")), count => count == published, seconds: 60);
        foreach (var (time, device, quantity, value) in SpotChecks)
        {
            var answer = await influx.QueryAsync($"SELECT {quantity} FROM telemetry WHERE device='{device}' AND time='{time}'", "smartfarm");
            Assert.Contains($"[{Ms(time)},{value.ToString(CultureInfo.InvariantCulture)}]", answer);
        }

        await DashboardsShowItAsync(influx);
        await BalancesAsync(worker, published);
    }

    [Fact]
    public async Task Into_VictoriaMetrics_over_the_version_2_write()
    {
        Assert.SkipUnless(VictoriaMetrics.IsInstalled, "victoria-metrics is not installed.");
        await using var database = new VictoriaMetrics();
        await database.StartAsync();
        await using var worker = await StartWorkerAsync(database.Url, version: "2");

        var published = await ReplayAsync("Reference_GreenhouseClimate.csv", "climate.map.yaml");

        using var http = new HttpClient { BaseAddress = database.Url };
        var export = await Eventually.Is(
            async () =>
            {
                await http.GetStringAsync("internal/force_flush");
                return await http.GetStringAsync("api/v1/export?match[]={__name__=~\"telemetry_.*\"}");
            },
            lines => Points(lines).Count() == published,
            seconds: 90);
        foreach (var (time, device, quantity, value) in SpotChecks)
        {
            Assert.Contains(($"telemetry_{quantity}", device, Ms(time), value), Points(export));
        }

        await BalancesAsync(worker, published);
    }

    private static async Task DashboardsShowItAsync(InfluxDb influx)
    {
        var (from, to) = (new DateTimeOffset(2022, 2, 13, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2022, 2, 20, 23, 0, 0, TimeSpan.Zero));
        var all = Dashboard.English.SelectMany(n => Dashboard.Load(n).Queries).ToArray();
        foreach (var query in all)
        {
            Assert.DoesNotContain("\"error\"", await influx.ProblemAsync(query, from, to, new Dictionary<string, string[]>()) ?? "");
        }

        var twins = all.Single(q => q.Text.Contains("$quantity", StringComparison.Ordinal));
        foreach (var quantity in SpotChecks.Select(s => s.Quantity).Distinct())
        {
            Assert.Null(await influx.ProblemAsync(twins, from, to, new Dictionary<string, string[]> { ["quantity"] = [quantity] }));
        }
    }

    private static async Task BalancesAsync(WorkerProcess worker, long published)
    {
        var ledger = JsonNode.Parse(await worker.GetAsync("api/ledger"))!;
        Assert.True((bool)ledger["balanced"]!);
        Assert.Equal(published, (long)ledger["total"]!["stored"]!);
        Assert.Equal(0, (long)ledger["total"]!["quarantined"]!);
    }

    private static IEnumerable<(string Name, string Device, long Ms, double Value)> Points(string export) =>
        export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).SelectMany(series =>
            series["timestamps"]!.AsArray().Zip(series["values"]!.AsArray(), (time, value) =>
                ((string)series["metric"]!["__name__"]!, (string)series["metric"]!["device"]!, (long)time!, (double)value!)));

    private static long Ms(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    /// <summary>The sum of the counts of all fields; the first column is the time.</summary>
    private static long Sum(string answer) => JsonNode.Parse(answer)!["results"]![0]!["series"] is { } series
        ? series[0]!["values"]![0]!.AsArray().Skip(1).Sum(count => (long)count!)
        : 0;

    private static async Task<WorkerProcess> StartAsync(WorkerProcess worker)
    {
        await worker.StartAsync();
        return worker;
    }

    private async Task<long> ReplayAsync(string file, string map)
    {
        var (_, output) = await SimulatorProgram.RunAsync(
            "replay", Path.Combine(Sample, file), "--map", Path.Combine(Sample, map), "--port", $"{_broker.Port}", "--speed", "max");
        var summary = Summary().Match(output);
        Assert.True(summary.Success, output);
        Assert.Equal(summary.Groups["messages"].Value, summary.Groups["acknowledged"].Value);
        return long.Parse(summary.Groups["readings"].Value);
    }

    private Task<WorkerProcess> StartWorkerAsync(Uri database, string version) => StartAsync(new WorkerProcess(
        Path.Combine(Sample, "farm"),
        ("SmartFarm__Mqtt__Port", $"{_broker.Port}"),
        ("SmartFarm__Influx__Url", database.ToString()),
        ("SmartFarm__Influx__Version", version)));

    [GeneratedRegex(@"(?<messages>\d+) messages with (?<readings>\d+) readings published, (?<acknowledged>\d+) acknowledged", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Summary();
}
