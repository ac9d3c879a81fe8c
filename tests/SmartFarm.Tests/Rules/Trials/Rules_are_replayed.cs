using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Trials.Replay;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Rules.Trials;

/// <summary>Rules over a recording. Red when a replay decides otherwise than the engine did with the same events, or when hours, movements, bands or differences are added up wrongly.</summary>
public sealed class Rules_are_replayed
{
    private const long Hour = 3_600_000;
    private static readonly Actuator Vent = FarmLoader.Load(Repository.PathOf("farm")).Farm!.Sites[0].Zones[0].Controllers[0].Actuators[0];
    private static readonly Signal Temperature = new(SignalScope.Zone, "", "air_temperature", Units.Celsius);

    [Fact]
    public void The_same_events_give_the_same_decisions_as_live()
    {
        var rules = RuleRun.Compile();
        var random = new Random(7);
        var series = Series(Temperature, [.. Enumerable.Range(0, 2000).Select(i => (i * 60_000L, i % 97 == 0 ? double.NaN : 22 + (10 * Math.Sin(i / 150.0)) + random.NextDouble()))]);
        var live = new RuleRun(rules);
        live.Step(RuleEvent.ClockSet(0, 0));
        foreach (var (timeMs, value) in series.TimesMs.Zip(series.Values))
        {
            live.Step(RuleRun.Observed(rules, timeMs, "air_temperature", value, !double.IsNaN(value), series.StaleAfterMs));
        }

        live.Step(RuleEvent.Tick(2000 * 60_000L));
        var replay = RuleReplay.Run(rules, new Recording(0, 2000 * 60_000L, [series]));

        Assert.InRange(live.Decisions.Count, 10, 1000);
        Assert.Equal(live.Decisions, replay.Output.Decisions);
        Assert.Equal(live.Traces, replay.Output.Traces);
    }

    [Fact]
    public void Rules_that_look_at_positions_see_those_that_they_want_not_those_that_were()
    {
        var rules = RuleRun.Compile("""
            rules:
              - { id: vent, zones: [gh1], when: air_temperature > 28 °C, until: air_temperature < 26 °C, set: { roof_vent: 60 % }, otherwise: { roof_vent: 0 % } }
              - { id: heat, zones: [gh1], when: air_temperature < 40 °C, set: { heater: on } }
            interlocks:
              - { id: vented, zones: [gh1], when: roof_vent > 10 %, force: { heater: off } }
            """);
        var recording = new Recording(0, 3 * Hour, [
            Series(Temperature, [(0, 20), (Hour, 30), (2 * Hour, 20)]),
            Series(new Signal(SignalScope.Actuator, "roof_vent", Signal.Position, Units.Percent), [(0, 100)])]);

        var heater = RuleReplay.Run(rules, recording).TrackOf("heater");

        Assert.Equal([1, 0, 1], heater.Values);
        Assert.Equal(0, heater.TimesMs[0]);
        Assert.Equal(Hour, heater.TimesMs[1]);
    }

    [Fact]
    public void Hours_movements_and_starts_are_added_up()
    {
        var track = new Track([0, Hour, 2 * Hour, 3 * Hour, 4 * Hour], [0, 60, 61, 30, 0]);

        Assert.Equal(new TrackUse(3, 1.51, 3, 1, 0), TrackUse.Of(track, Vent, 0, 5 * Hour));
        Assert.Equal(new TrackUse(0, 0, 0, 0, 1), TrackUse.Of(track, Vent, -Hour, Hour));
    }

    [Fact]
    public void Two_tracks_are_compared_by_time()
    {
        var first = new Track([0, Hour, 3 * Hour], [0, 40, 0]);
        var second = new Track([0, 2 * Hour, 3 * Hour], [0, 40, 0]);

        var difference = TrackDifference.Of(first, second, Vent, 0, 4 * Hour);

        Assert.Equal((0.75, 10.0, 10.0, 4.0), (difference.Agreement, difference.Mean, difference.MeanAbsolute, difference.Hours));
        Assert.Equal(1 / Math.Sqrt(3), difference.Correlation, 12);
        Assert.Equal(new Deviation(Hour, 2 * Hour, 40, 0), Assert.Single(difference.Longest));
        Assert.Equal(1, TrackDifference.Of(first, first, Vent, 0, 4 * Hour).Correlation, 12);
        Assert.Equal(0, TrackDifference.Of(first, Track.Empty, Vent, 0, 4 * Hour).Hours);
    }

    [Fact]
    public void Time_in_and_out_of_a_band_is_counted_and_stale_time_is_unknown()
    {
        var rules = RuleRun.Compile("""
            bands: [{ zones: [gh1], air_temperature: 18 °C .. 26 °C }]
            rules: [{ id: vent, zones: [gh1], when: co2 > 900 ppm, set: { roof_vent: 60 % } }]
            """);
        var series = Series(Temperature, [(0, 20), (Hour, 30), (2 * Hour, 10), (3 * Hour, double.NaN), (4 * Hour, 20)]) with { StaleAfterMs = Hour };

        Assert.Equal(new BandTime("air_temperature", 2, 1, 1, 6), Assert.Single(RuleReplay.Run(rules, new Recording(0, 10 * Hour, [series])).Bands));
    }

    [Fact]
    public void Progress_goes_from_nothing_to_one()
    {
        var told = new List<double>();
        var series = Series(Temperature, [.. Enumerable.Range(0, 40_000).Select(i => (i * 1000L, 20.0))]);

        RuleReplay.Run(RuleRun.Compile(), new Recording(0, 40_000_000, [series]), new Listener(told));

        Assert.Equal(told.Order(), told);
        Assert.InRange(told[0], 0.1, 0.5);
        Assert.Equal(1, told[^1]);
    }

    internal static RecordedSeries Series(Signal signal, (long TimeMs, double Value)[] points) =>
        new(signal, 24 * Hour, [.. points.Select(p => p.TimeMs)], [.. points.Select(p => p.Value)]);

    private sealed class Listener(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
