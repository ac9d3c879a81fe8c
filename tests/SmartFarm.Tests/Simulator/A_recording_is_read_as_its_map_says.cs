using System.Text.Json;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Replay;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_recording_is_read_as_its_map_says : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, Case> Cases = JsonSerializer
        .Deserialize<Case[]>(File.ReadAllText(Repository.PathOf("tests", "cases", "replay", "recordings.json")), Json)!
        .ToDictionary(c => c.Name, StringComparer.Ordinal);

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Names => [.. Cases.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_of_the_file(string name)
    {
        var expected = Cases[name];
        File.WriteAllLines(_folder.File("map.yaml"), expected.Map);
        File.WriteAllLines(_folder.File("data.csv"), expected.Csv);
        if (expected.Error is { } sentence)
        {
            var error = Assert.Throws<SimulatorException>(() => Read(new RecordingFaults()));
            Assert.Contains(sentence, error.Message);
            return;
        }

        var faults = new RecordingFaults();
        var rows = Read(faults);
        var survey = RecordingSurvey.Of(rows);

        Assert.Equal(expected.Rows!.Select(r => r.Time), rows.Select(r => r.Time));
        Assert.All(expected.Rows!.Zip(rows), pair => Assert.Equal(
            pair.First.Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value:F6}"),
            pair.Second.Values.Select(v => $"{v.Column.Device}/{v.Column.Quantity}={v.Value:F6}").Order(StringComparer.Ordinal)));
        Assert.Equal(
            (expected.EmptyCells, expected.BadCells, expected.BadRows, expected.RepeatedTimes, expected.BackwardTimes),
            (faults.EmptyCells, faults.BadCells, faults.BadRows, survey.RepeatedTimes, survey.BackwardTimes));
    }

    [Fact]
    public void Only_rows_of_the_chosen_span_are_read_and_counted()
    {
        File.WriteAllLines(_folder.File("map.yaml"), Cases.Values.First().Map);
        File.WriteAllLines(_folder.File("data.csv"), ["Date,Tair,RH", "2/14/2022 0:00,,1", "2/14/2022 0:05,,2", "2/14/2022 0:10,,3"]);
        var faults = new RecordingFaults();
        var from = new DateTimeOffset(2022, 2, 13, 23, 5, 0, TimeSpan.Zero);

        var rows = new CsvRecording(_folder.File("data.csv"), ColumnMapReader.Load(_folder.File("map.yaml"))).Rows(from, from.AddMinutes(5), faults).ToList();

        Assert.Equal(2, Assert.Single(Assert.Single(rows).Values).Value);
        Assert.Equal(1, faults.EmptyCells);
    }

    [Fact]
    public void Site_and_device_can_be_named_from_outside()
    {
        File.WriteAllLines(_folder.File("map.yaml"), Cases.Values.ElementAt(1).Map);

        var map = ColumnMapReader.Load(_folder.File("map.yaml"), site: "other", device: "climate-9");

        Assert.Equal("other", map.Site);
        Assert.Equal(["climate-9", "w"], map.Columns.Select(c => c.Device));
    }

    [Theory]
    [InlineData("climate.map.yaml", "Reference_GreenhouseClimate.csv", 18_128, 16)]
    [InlineData("weather.map.yaml", "weather.csv", 14_112, 0)]
    public void The_shipped_week_is_whole(string map, string csv, int readings, int emptyCells)
    {
        var folder = Repository.PathOf("simulators", "samples", "agc2022-lettuce");
        var faults = new RecordingFaults();

        var rows = new CsvRecording(Path.Combine(folder, csv), ColumnMapReader.Load(Path.Combine(folder, map))).Rows(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, faults).ToList();

        Assert.Equal(2016, rows.Count);
        Assert.Equal((readings, (long)emptyCells, 0L, 0L), (rows.Sum(r => r.Values.Count), faults.EmptyCells, faults.BadCells, faults.BadRows));
        var survey = RecordingSurvey.Of(rows);
        Assert.Equal((0L, 0L, new DateTimeOffset(2022, 2, 13, 23, 0, 0, TimeSpan.Zero)), (survey.RepeatedTimes, survey.BackwardTimes, survey.First));
        Assert.All(rows.SelectMany(r => r.Values), v => Assert.InRange(v.Value, v.Column.Quantity.Min, v.Column.Quantity.Max));
    }

    private List<RecordedRow> Read(RecordingFaults faults) =>
        [.. new CsvRecording(_folder.File("data.csv"), ColumnMapReader.Load(_folder.File("map.yaml"))).Rows(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, faults)];

    private sealed record Case(
        string Name, string[] Map, string[] Csv, Row[]? Rows, long EmptyCells, long BadCells, long BadRows, long RepeatedTimes, long BackwardTimes, string? Error);

    private sealed record Row(DateTimeOffset Time, Dictionary<string, double> Values);
}
