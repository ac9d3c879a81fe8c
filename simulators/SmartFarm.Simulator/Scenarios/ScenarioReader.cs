using System.Globalization;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Simulator.Scenarios.Expectations;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>Reads a scenario from YAML; what is wrong is reported where it stands.</summary>
internal static class ScenarioReader
{
    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(60);

    private static readonly (string Word, Cover Value)[] Covers =
    [
        ("glass", Cover.Glass), ("single_film", Cover.SingleFilm), ("double_film", Cover.DoubleFilm), ("triple_film", Cover.TripleFilm), ("three_layer_korean", Cover.ThreeLayerKorean),
    ];

    private enum Cover
    {
        Glass,
        SingleFilm,
        DoubleFilm,
        TripleFilm,
        ThreeLayerKorean,
    }

    public static Scenario? Read(YamlMap top, string name, string library, string folder, Farm farm, bool isWhatIf = false)
    {
        if (isWhatIf)
        {
            top.Get("farm");
        }

        var start = (top.Require("start", "2026-07-15T09:00+05:00")?.AsScalar() is { } text ? Moment(text) : null) ?? DateTimeOffset.UnixEpoch;
        var duration = top.Require("duration", "6 h")?.AsDuration(ShortestStep);
        var step = top.Get("step")?.AsDuration(ShortestStep) ?? TimeSpan.FromSeconds(10);
        if (step > LongestStep)
        {
            top.Report($"A step is {LongestStep.TotalSeconds} s at most: controllers go to their safe state when they hear nothing of the backend for longer.");
        }

        var scenario = new Scenario
        {
            Name = name,
            Title = top.Require("title", "The fogger fails at noon")?.AsText() ?? "",
            Story = (isWhatIf ? top.Get("story") : top.Require("story", "What happens, and why it matters."))?.AsScalar()?.Text ?? "",
            FarmFolder = folder,
            Farm = farm,
            Start = start,
            Duration = duration ?? default,
            Step = step,
            Seed = (long)(top.Get("seed")?.AsNumber(0, int.MaxValue) ?? 1),
            House = top.Get("cover")?.AsOneOf(Covers) is { } cover ? Preset(cover) : new HouseParameters(),
            Recorded = top.Get("recorded")?.AsText() is { } file ? World.RecordedWeather.Year(Path.Combine(library, file)) : null,
            Weather = [.. top.Maps("weather").Select(map => EventReader.Weather(map, start)).OfType<WeatherEvent>()],
            Faults = [.. top.Maps("faults").Select(map => FaultReader.Read(map, start, farm)).OfType<Faults.FaultSpec>()],
            Events = [.. top.Maps("events").SelectMany(map => EventReader.Events(map, farm)).OrderBy(e => e.At)],
            Expectations = [.. top.Maps("expect").Select(map => ExpectationReader.Read(map, duration ?? default)).OfType<Expectation>()],
        };
        if (scenario.Expectations.Count == 0 && !isWhatIf)
        {
            top.Report("A scenario expects something of the backend; add a list 'expect'.");
        }

        top.ReportUnknownKeys();
        return scenario;
    }

    private static DateTimeOffset? Moment(YamlScalar text)
    {
        if (DateTimeOffset.TryParseExact(text.Text, "yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return moment;
        }

        text.Report($"'{text.Text}' is no moment with its offset from UTC; write for example 2026-07-15T09:00+05:00.");
        return null;
    }

    private static HouseParameters Preset(Cover cover) => cover switch
    {
        Cover.Glass => HouseParameters.Glass,
        Cover.SingleFilm => HouseParameters.SingleFilm,
        Cover.DoubleFilm => HouseParameters.DoubleFilm,
        Cover.TripleFilm => HouseParameters.TripleFilm,
        _ => HouseParameters.ThreeLayerKorean,
    };
}
