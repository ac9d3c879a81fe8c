using System.Text.Json;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.World;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_simulated_device_measures_at_its_interval
{
    private static readonly DateTimeOffset Start = new(2026, 7, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly Scene Inside = new(new Outside(30, 30, 700, 3, 90, 0, 990, 420), HouseState.Of(24, 65), Light: 0.6);

    [Fact]
    public void Every_interval_brings_one_message_with_rising_seq_and_what_it_declares()
    {
        var device = Device([Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2]);

        var messages = Enumerable.Range(0, 100).Select(second => device.Tick(Inside, Start.AddSeconds(second))).OfType<MqttMessage>().ToList();

        Assert.Equal(10, messages.Count);
        Assert.All(messages, message => Assert.Equal(("farm/s/climate-1/telemetry", 1, false), (message.Topic, message.Qos, message.Retain)));
        var decoded = messages.Select(Decode).ToList();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long?)i), decoded.Select(readings => readings[0].Seq));
        Assert.All(decoded, readings => Assert.Equal([Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2], readings.Select(r => r.Quantity)));
        Assert.All(decoded, readings => Assert.InRange(readings[0].Value, 23.7, 24.3));
        Assert.True(decoded.Select(readings => readings[0].Value).Distinct().Count() > 3, "A sensor without noise is no sensor.");
    }

    [Fact]
    public void The_same_seed_shows_the_same_and_another_seed_another()
    {
        Assert.Equal(Run(seed: 5), Run(seed: 5));
        Assert.NotEqual(Run(seed: 5), Run(seed: 6));
    }

    [Fact]
    public void Intervals_missed_in_a_pause_are_left_out_and_not_made_up_for()
    {
        var device = Device([Quantities.AirTemperature]);
        device.Tick(Inside, Start.AddSeconds(20));

        var after = Enumerable.Range(3600, 10).Count(second => device.Tick(Inside, Start.AddSeconds(second)) is not null);

        Assert.Equal(2, after);
    }

    [Fact]
    public void What_nothing_in_the_simulation_has_is_named_and_not_sent()
    {
        var device = Device([Quantities.AirTemperature, Quantities.Energy]);

        Assert.Equal([Quantities.Energy], device.NotSimulated);
        Assert.DoesNotContain("energy", System.Text.Encoding.UTF8.GetString(device.Tick(Inside, Start.AddSeconds(20))!.Payload.Span));
    }

    [Fact]
    public void Inside_it_sees_the_house_and_outside_the_weather()
    {
        var outside = Inside with { House = null, Light = 1 };

        Assert.Equal(24, Inside.TemperatureC);
        Assert.Equal(420, Inside.SolarRadiation);
        Assert.Equal((30, 700), (outside.TemperatureC, outside.SolarRadiation));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(Device([Quantities.SoilMoisture]).Tick(outside, Start.AddSeconds(20))!.Payload).RootElement.GetProperty("soil_moisture").ValueKind);
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
        new Device("climate-1", "climate-1", "native", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), quantities), "farm/s/climate-1/telemetry", isOutside: false, seed, Start);

    private static List<double> Run(int seed)
    {
        var device = Device([Quantities.AirTemperature, Quantities.Co2], seed);
        return [.. Enumerable.Range(0, 60).Select(second => device.Tick(Inside, Start.AddSeconds(second))).OfType<MqttMessage>().SelectMany(Decode).Select(r => r.Value)];
    }

    private static List<RawReading> Decode(MqttMessage message)
    {
        var decoded = new DecodedMessage();
        new NativeFormat().Decode(System.Text.Encoding.UTF8.GetBytes(message.Topic), message.Payload.Span, decoded);
        Assert.Empty(decoded.Failures);
        return [.. decoded.Readings];
    }
}
