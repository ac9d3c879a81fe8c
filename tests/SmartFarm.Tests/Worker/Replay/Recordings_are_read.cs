using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using SmartFarm.Rules.Trials.Replay;
using SmartFarm.Testing;
using SmartFarm.Worker.Reports;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Trials.Replay;
using Xunit;

namespace SmartFarm.Tests.Worker.Replay;

/// <summary>Where a replay gets its values from, and what it says of them. Red when a value gets to the wrong signal, time or unit, when a day is asked for twice or left out, or when the report mixes up its two sides.</summary>
public sealed class Recordings_are_read
{
    private static readonly Farm Farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;
    private static readonly Site Site = Farm.Sites[0];
    private static readonly Zone Zone = Site.Zones[0];

    [Fact]
    public void A_file_of_readings_has_names_units_and_the_clock_of_the_site()
    {
        var recording = Csv("""
            time,air_temperature [degF],site.wind_speed,roof_vent,heater
            2026-07-14 06:00,68,3.5,40,off
            2026-07-14T01:01:00Z,,flagged,,on
            2026-07-14T06:02:00+05:00,86,4,50,
            """);

        var start = DateTimeOffset.Parse("2026-07-14T01:00:00Z").ToUnixTimeMilliseconds();
        var air = recording.Of(SignalScope.Zone, "", "air_temperature")!;
        Assert.Equal([start, start + 120_000], air.TimesMs);
        Assert.Equal([20, 30], air.Values.Select(v => Math.Round(v, 9)));
        Assert.Equal([3.5, double.NaN, 4], recording.Of(SignalScope.Site, "", "wind_speed")!.Values);
        Assert.Equal([0, 1], recording.Of(SignalScope.Actuator, "heater", Signal.Position)!.Values);
        Assert.Equal((start, start + 120_001), (recording.FromMs, recording.ToMs));
        Assert.Equal(360_000, air.StaleAfterMs);
    }

    [Theory]
    [InlineData("air_temperature\n20", "has no column 'time'")]
    [InlineData("time,air_temprature\n2026-07-14,20", "column 'air_temprature': 'air_temprature' is neither a quantity nor an actuator of zone gh1; did you mean 'air_temperature'?")]
    [InlineData("time,air_temperature [lux]\n2026-07-14,20", "'lux' is no unit of air_temperature; write it in °C")]
    [InlineData("time,air_temperature\nyesterday,20", "line 2: 'yesterday' is no time")]
    [InlineData("time,air_temperature\n2026-07-14,warm", "line 2: 'warm' in column air_temperature is no number")]
    [InlineData("time,air_temperature\n2026-07-14,20\n2026-07-13,20", "line 3: the time goes back")]
    [InlineData("time,air_temperature\n", "has no values")]
    public void What_cannot_be_understood_is_said(string text, string message) =>
        Assert.Contains(message, Assert.Throws<SettingsException>(() => Csv(text)).Message);

    [Fact]
    public async Task The_history_is_asked_day_by_day_and_once_for_each()
    {
        var history = new Noted();
        Signal[] signals = [new(SignalScope.Site, "", "wind_speed", null), new(SignalScope.Actuator, "roof_vent", Signal.Position, null), new(SignalScope.Device, "climate-1", "co2", null)];

        var recording = await HistoryRecording.ReadAsync(history, Site, Zone, signals, (0, 180_000_000, 60_000), new Progress<double>(), default);

        Assert.Equal(
            [
                "climate.wind_speed site=turkestan-1,zone=site 0..86400000/60000", "climate.wind_speed site=turkestan-1,zone=site 86400000..172800000/60000",
                "climate.wind_speed site=turkestan-1,zone=site 172800000..180000000/60000",
                "actuator.reported site=turkestan-1,zone=gh1,actuator=roof_vent 0..86400000/0", "actuator.target site=turkestan-1,zone=gh1,actuator=roof_vent 0..86400000/0",
            ],
            history.Asked.Take(5));
        Assert.Contains("telemetry.co2 site=turkestan-1,device=climate-1 0..86400000/60000", history.Asked);
        Assert.Equal([0, 86_400_000, 172_800_000], recording.Series[0].TimesMs);
        Assert.Equal(180_000, recording.Series[0].StaleAfterMs);
    }

    [Fact]
    public void The_report_has_both_sides_and_why()
    {
        var rules = RuleLoader.Parse(
            "bands: [{ zones: [gh1], air_temperature: 18 °C .. 26 °C }]\nrules: [{ id: vent, zones: [gh1], when: air_temperature > 28 °C, until: air_temperature < 26 °C, set: { roof_vent: 60 % }, otherwise: { roof_vent: 0 % } }]", Farm).Book!;
        rules.TryGet(Site.Id, Zone.Id, out var zone);
        var recording = Csv("""
            time,air_temperature,roof_vent
            2026-07-14T00:00Z,20,0
            2026-07-14T01:00Z,30,0
            2026-07-14T02:00Z,20,0
            2026-07-14T03:00Z,20,30
            2026-07-14T04:00Z,20,0
            """);

        var report = new ReplayReport(Site, Zone, new ReplaySide("mine", RuleReplay.Run(zone!, recording), recording), new ReplaySide("what happened", null, recording)).Write();

        Assert.Equal("Over 4 h with 5 values mine would have made 2 movements; what happened made 2.", report.Outcome);
        var json = System.Text.Json.Nodes.JsonNode.Parse(ReportJson.Write(report))!;
        Assert.Equal(2, (int)json["actuators"]![0]!["moves"]!);
        Assert.Equal(50, (double)json["actuators"]![0]!["agreement"]!, 0.01);
        Assert.Null(json["actuators"]![1]!["moves_other"]);
        Assert.Equal(75, (double)json["bands"]![0]!["share_in"]!, 0.01);
        Assert.Equal("60 %", (string)json["differences"]![0]!["value"]!);
        Assert.StartsWith("vent@", (string)json["differences"]![0]!["because"]!);
        Assert.Contains("air_temperature 30 °C > 28 °C", (string)json["differences"]![0]!["because"]!);
        Assert.Equal(["chart_air_temperature", "chart_roof_vent"], report.Blocks.OfType<ReportChart>().Select(c => c.Key));
    }

    private static Recording Csv(string text) => CsvRecording.Read(new StringReader(text), "a.csv", Site, Zone);

    /// <summary>Answers each question about a climate with one value at its begin, others with nothing.</summary>
    private sealed class Noted : IHistory
    {
        public List<string> Asked { get; } = [];

        public ValueTask<IReadOnlyList<HistorySeries>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
        {
            Asked.Add($"{query.Measurement}.{query.Field} {string.Join(',', query.Tags.Select(t => $"{t.Key}={t.Value}"))} {query.FromMs}..{query.ToMs}/{query.StepMs}");
            IReadOnlyList<HistorySeries> answer = query.Measurement == Schema.Climate ? [new HistorySeries(query.Tags, [new HistoryPoint(query.FromMs, 1)])] : [];
            return ValueTask.FromResult(answer);
        }

        public ValueTask<IReadOnlyList<RowSeries>> ReadRowsAsync(RowQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
