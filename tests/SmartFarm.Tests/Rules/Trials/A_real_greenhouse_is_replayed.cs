using System.Globalization;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using SmartFarm.Rules.Trials.Replay;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Rules.Trials;

/// <summary>
/// A proportional band over six weeks of a real lettuce greenhouse (Autonomous Greenhouse Challenge 2022, compartment Reference), with the set points that its climate
/// computer had, against the leeward vents that the computer moved. The band is wider when it is cold outside, as measured of that computer (7.5 K at 4 °C, 4.5 K from 12 °C on).
/// The rule knows nothing of the computer's venting against humidity. Red when band, recording or comparison go astray.
/// </summary>
public sealed class A_real_greenhouse_is_replayed
{
    private const string FarmText = """
        sites:
          - id: bleiswijk
            time_zone: Europe/Amsterdam
            devices: [{ id: weather, interval: 5 min, quantities: [air_temperature] }]
            zones:
              - id: reference
                devices:
                  - { id: box, interval: 5 min, quantities: [air_temperature] }
                  - { id: set-points, interval: 5 min, quantities: [air_temperature, water_level] }
                controllers: [{ id: c, actuators: [{ id: roof_vent, kind: position, safe: 0 %, min_move: 2 % }] }]
        """;

    // The file has set points as columns; a farm has them as a device that reports them.
    private const string RulesText = """
        rules:
          - id: vent
            kind: p-band
            set: { roof_vent: 0..100 % }
            measure: device(box).air_temperature
            set_point: device(set-points).air_temperature
            band: "influence(site.air_temperature: 4..12 °C -> 7.5..4.5 K)"
            minimum: device(set-points).water_level
        """;

    private readonly ITestOutputHelper _output = TestContext.Current.TestOutputHelper!;

    [Fact]
    public void A_proportional_band_follows_the_vents_of_a_climate_computer()
    {
        if (Repository.SharedData is not { } shared)
        {
            Assert.Skip("The recording of the real greenhouse is not on this machine.");
            return;
        }

        var folder = Path.Combine(shared, "agro", "agc2022-lettuce");
        var farm = FarmLoader.Parse(FarmText).Farm!;
        var rules = RuleLoader.Parse(RulesText, farm);
        Assert.Empty(rules.Errors);
        var zone = rules.Book!.Zones[0];
        var climate = Path.Combine(folder, "Reference_GreenhouseClimate.csv");
        var controls = Path.Combine(folder, "Reference_GreenhouseControls.csv");
        var series = new[]
        {
            Column(climate, "Tair", new Signal(SignalScope.Device, "box", "air_temperature", Units.Celsius)),
            Column(controls, "vent_templee_vip", new Signal(SignalScope.Device, "set-points", "air_temperature", Units.Celsius)),
            Column(controls, "lee_wind_min_vip", new Signal(SignalScope.Device, "set-points", "water_level", Units.Percent)),
            Column(Path.Combine(folder, "weather.csv"), "Tout", new Signal(SignalScope.Site, "", "air_temperature", Units.Celsius)),
        };
        var recording = new Recording(series[0].TimesMs[0], series[0].TimesMs[^1], series);
        var happened = Column(climate, "VentLee", new Signal(SignalScope.Actuator, "roof_vent", Signal.Position, Units.Percent));

        var replay = RuleReplay.Run(zone, recording);
        var vent = zone.Actuators[0];
        var difference = TrackDifference.Of(replay.TrackOf("roof_vent"), new Track(happened.TimesMs, happened.Values), vent, recording.FromMs, recording.ToMs);
        var (use, was) = (TrackUse.Of(replay.TrackOf("roof_vent"), vent, recording.FromMs, recording.ToMs), TrackUse.Of(new Track(happened.TimesMs, happened.Values), vent, recording.FromMs, recording.ToMs));

        _output.WriteLine($"{replay.Events} values over {difference.Hours / 24:0.0} d: correlation {difference.Correlation:0.000}, mean difference {difference.Mean:+0.00;-0.00} %, mean distance {difference.MeanAbsolute:0.00} %, "
            + $"same within {vent.MinMove} % for {100 * difference.Agreement:0.0} % of the time; {use.Movements} movements where the computer made {was.Movements}, {use.FullHours:0} full hours where it had {was.FullHours:0}.");
        Assert.InRange(difference.Correlation, 0.8, 1);
        Assert.InRange(difference.Mean, -5, 5);
    }

    private static RecordedSeries Column(string path, string column, Signal signal)
    {
        var lines = File.ReadAllLines(path);
        var index = Array.FindIndex(lines[0].Split(','), h => h.Trim() == column);
        Assert.True(index > 0, column);
        var clock = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
        var (times, values) = (new List<long>(), new List<double>());
        foreach (var cells in lines.Skip(1).Select(l => l.Split(',')))
        {
            if (DateTime.TryParseExact(cells[0], "M/d/yyyy H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
                && double.TryParse(cells[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                var timeMs = new DateTimeOffset(local, clock.GetUtcOffset(local)).ToUnixTimeMilliseconds();
                if (times.Count == 0 || timeMs > times[^1])
                {
                    times.Add(timeMs);
                    values.Add(value);
                }
            }
        }

        return new RecordedSeries(signal, (long)TimeSpan.FromMinutes(15).TotalMilliseconds, times, values);
    }
}
