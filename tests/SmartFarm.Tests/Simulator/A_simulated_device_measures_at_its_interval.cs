using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.World;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_simulated_device_measures_at_its_interval
{
    private static readonly DateTimeOffset Start = new(2026, 7, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly Scene Inside = new(new Outside(30, 30, 700, 3, 90, 0, 990, 420), HouseState.Of(24, 65) with { SolarRadiation = 420 });

    [Fact]
    public void Every_interval_brings_one_report_with_rising_seq_and_what_it_declares()
    {
        var device = Device([Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2]);

        var reports = Run(device, Enumerable.Range(0, 100));

        Assert.Equal(10, reports.Count);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), reports.Select(report => report.Seq));
        Assert.All(reports, report => Assert.Equal([Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2], report.Values.Select(v => v.Key)));
        Assert.All(reports, report => Assert.InRange(report.Values[0].Value, 23.7, 24.3));
        Assert.True(reports.Select(report => report.Values[0].Value).Distinct().Count() > 3, "A sensor without noise is no sensor.");
    }

    [Fact]
    public void The_same_seed_shows_the_same_and_another_seed_another()
    {
        Assert.Equal(Values(seed: 5), Values(seed: 5));
        Assert.NotEqual(Values(seed: 5), Values(seed: 6));

        static List<double> Values(int seed) => [.. Run(Device([Quantities.AirTemperature, Quantities.Co2], seed), Enumerable.Range(0, 60)).SelectMany(r => r.Values, (_, v) => v.Value)];
    }

    [Fact]
    public void Intervals_missed_in_a_pause_are_left_out_and_not_made_up_for()
    {
        var device = Device([Quantities.AirTemperature]);
        device.Tick(Inside, Start.AddSeconds(20));

        Assert.Equal(2, Run(device, Enumerable.Range(3600, 10)).Count);
    }

    [Fact]
    public void What_nothing_in_the_simulation_has_is_named_and_not_measured()
    {
        var device = Device([Quantities.AirTemperature, Quantities.Energy]);

        Assert.Equal([Quantities.Energy], device.NotSimulated);
        Assert.Equal([Quantities.AirTemperature], device.Tick(Inside, Start.AddSeconds(20))!.Value.Values.Select(v => v.Key));
    }

    [Fact]
    public void Inside_it_sees_the_house_and_outside_the_weather()
    {
        var outside = Inside with { House = null };

        Assert.Equal(24, Inside.TemperatureC);
        Assert.Equal(420, Inside.SolarRadiation);
        Assert.Equal((30, 700), (outside.TemperatureC, outside.SolarRadiation));
        Assert.Equal(double.NaN, Device([Quantities.SoilMoisture]).Tick(outside, Start.AddSeconds(20))!.Value.Values[0].Value);
    }

    [Fact]
    public void Its_thermometer_follows_a_step_with_a_lag_of_a_minute_and_a_half()
    {
        var device = Device([Quantities.AirTemperature]);
        Run(device, Enumerable.Range(0, 100));

        var warmer = Run(device, Enumerable.Range(100, 400), Inside with { House = HouseState.Of(34, 65) });

        Assert.InRange(warmer[8].Values[0].Value, 29.5, 31.5);
        Assert.InRange(warmer[^1].Values[0].Value, 33.6, 34.2);
    }

    [Fact]
    public void Its_report_is_written_in_the_format_of_the_device()
    {
        var report = new Report(Start, 7, [new(Quantities.AirTemperature, 24.5), new(Quantities.Co2, double.NaN)]);

        var message = WireFormats.Find("native")!(new NativeTopics("farm"), "s", "climate-1", report);

        Assert.Equal(("farm/s/climate-1/telemetry", 1, false), (message.Topic, message.Qos, message.Retain));
        Assert.Equal("""{"ts":"2026-07-15T08:00:00.000Z","seq":7,"air_temperature":24.5,"co2":null}""", System.Text.Encoding.UTF8.GetString(message.Payload.Span));
        Assert.Null(WireFormats.Find("morse"));
    }

    [Fact]
    public void Every_quantity_of_the_example_farm_has_an_instrument()
    {
        Quantity[] used =
        [
            Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2, Quantities.WindSpeed, Quantities.SolarRadiation, Quantities.RainRate, Quantities.SoilMoisture,
        ];

        Assert.All(used, quantity => Assert.NotNull(Instruments.For(quantity)));
    }

    private static SimulatedDevice Device(Quantity[] quantities, int seed = 1) => new(
        new Device("climate-1", "climate-1", "native", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), quantities), isOutside: false, seed, Start, NodeFaults.None, speed: 1);

    private static List<Report> Run(SimulatedDevice device, IEnumerable<int> seconds, Scene? scene = null) =>
        [.. seconds.Select(second => device.Tick(scene ?? Inside, Start.AddSeconds(second))).OfType<Report>()];
}
