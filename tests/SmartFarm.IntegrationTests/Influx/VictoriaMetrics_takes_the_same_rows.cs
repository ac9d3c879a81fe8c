using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.IntegrationTests.Influx;

/// <summary>The real <c>/api/v2/write</c> at hand.</summary>
public sealed class VictoriaMetrics_takes_the_same_rows
{
    private const long Noon = 1_763_812_800_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Points_arrive_with_their_values_times_and_tags()
    {
        Assert.SkipUnless(VictoriaMetrics.IsInstalled, "victoria-metrics is not installed");
        await using var server = new VictoriaMetrics();
        await server.StartAsync();
        using var client = new InfluxClient(new InfluxOptions { Url = server.Url, Version = 2, Org = "farm", Token = "any" }, TimeProvider.System);
        var series = new SeriesCatalog().Get(Schema.Telemetry, ("site", "turkestan-1"), ("zone", "gh 1,=\""), ("device", "climate-1"));
        var points = Enumerable.Range(0, 5000).Select(i => Point.Of(series, "co2", 400 + (i / 8.0), Noon + (i * 250))).ToArray();
        var lines = new ArrayBufferWriter<byte>();
        new InfluxPointEncoder(NullLogger<InfluxPointEncoder>.Instance).Encode(points, lines);

        Assert.Same(WriteResult.AllStored, await new InfluxPointSink(client).WriteAsync(lines.WrittenMemory, Stop));

        using var http = new HttpClient { BaseAddress = server.Url };
        await http.GetAsync("internal/force_flush", Stop);
        var export = await Eventually.Is(
            () => http.GetStringAsync($"api/v1/export?match[]=telemetry_co2&start={Noon / 1000}&end={(Noon / 1000) + 3600}&reduce_mem_usage=1", Stop),
            text => Samples(text).Count == points.Length, seconds: 60);

        Assert.Equal(points.Select(point => (point.TimeMs, point.Number)), Samples(export).Order());
        var tags = JsonDocument.Parse(export.Split('\n')[0]).RootElement.GetProperty("metric");
        Assert.Equal(("turkestan-1", "gh 1,=\"", "climate-1"),
            (tags.GetProperty("site").GetString(), tags.GetProperty("zone").GetString(), tags.GetProperty("device").GetString()));
    }

    [Fact]
    public async Task It_is_ready_for_rows_but_not_for_questions_and_that_is_said()
    {
        Assert.SkipUnless(VictoriaMetrics.IsInstalled, "victoria-metrics is not installed");
        await using var server = new VictoriaMetrics();
        await server.StartAsync();
        using var client = new InfluxClient(new InfluxOptions { Url = server.Url, Version = 2, Org = "farm" }, TimeProvider.System);

        var readiness = await new InfluxSetup(client).PrepareAsync(Stop);

        Assert.Equal((true, false), (readiness.IsReady, readiness.CanQuery));
        Assert.Contains("takes rows but answers no InfluxQL", Assert.Single(readiness.Findings));
        var e = await Assert.ThrowsAsync<InfluxException>(async () =>
            await new InfluxHistory(client).ReadAsync(new HistoryQuery("telemetry", "co2", new Dictionary<string, string>(), 0, 1, 0), Stop));
        Assert.Contains("does not answer InfluxQL", e.Message);
    }

    private static List<(long Time, double Value)> Samples(string export) =>
    [
        .. export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).SelectMany(series =>
            series.GetProperty("timestamps").EnumerateArray().Zip(series.GetProperty("values").EnumerateArray(), (t, v) => (t.GetInt64(), v.GetDouble()))),
    ];
}
