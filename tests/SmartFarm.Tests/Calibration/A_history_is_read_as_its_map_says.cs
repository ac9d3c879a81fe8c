using System.Text.Json.Nodes;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Calibration;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Calibration;

public sealed class A_history_is_read_as_its_map_says : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Names => [.. Cases.Load("calibration", "history-maps.json").Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_of_the_file(string name)
    {
        var test = Cases.Load("calibration", "history-maps.json")[name];
        File.WriteAllLines(_folder.File("map.yaml"), Lines(test["map"]!));
        foreach (var (file, lines) in test["csv"]?.AsObject() ?? [])
        {
            File.WriteAllLines(_folder.File(file), Lines(lines!));
        }

        if (test["error"] is { } sentence)
        {
            var refusal = Assert.Throws<SimulatorException>(() => History.Read(HistoryMapReader.Load(_folder.File("map.yaml"))));
            Assert.Contains(sentence.GetValue<string>(), refusal.Message);
            return;
        }

        var history = History.Read(HistoryMapReader.Load(_folder.File("map.yaml")));

        Assert.Equal(test["leftOut"]!.GetValue<int>(), history.LeftOut);
        Assert.Equal(test["rows"]!.AsArray().Select(Expected), history.Rows.Select(row => (
            row.Time.TimeOfDay.TotalMinutes, row.TemperatureC, row.RelativeHumidityPercent, row.Inputs.OutsideTemperatureC, row.Inputs.Radiation, row.Inputs.Vent, row.Inputs.Lamps)));
    }

    private static (double, double?, double?, double, double, double, double) Expected(JsonNode? row) => (
        row!["minute"]!.GetValue<double>(), row["temperature"]?.GetValue<double>(), row["humidity"]?.GetValue<double>(), row["outside"]!.GetValue<double>(),
        row["radiation"]!.GetValue<double>(), row["vent"]!.GetValue<double>(), row["lamps"]!.GetValue<double>());

    private static IEnumerable<string> Lines(JsonNode lines) => lines.AsArray().Select(line => line!.GetValue<string>());
}
