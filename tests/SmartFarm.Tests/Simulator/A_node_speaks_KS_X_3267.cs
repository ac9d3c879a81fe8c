using System.Text;
using System.Text.Json;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.Controllers.KsX3267;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;
using Xunit;

namespace SmartFarm.Tests.Simulator;

/// <summary>Codes and order of the registers: KS X 3267:2022, as the open archive ebio-snu/ksspec_archive (MIT) writes them down.</summary>
public sealed class A_node_speaks_KS_X_3267
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private static readonly Controller Described = new("ctrl", "ctrl", "native",
    [
        new Actuator("roof_vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, TimeSpan.FromSeconds(100), default, default, null),
        new Actuator("pump", ActuatorKind.Switch, null, 0, 1, 0, 0, default, default, default, TimeSpan.FromMinutes(30)),
    ]);

    private readonly List<MqttMessage> _sent = [];
    private readonly SimulatedController _controller;
    private DateTimeOffset _now = Start;

    public A_node_speaks_KS_X_3267()
    {
        _controller = Create(new SimulationOptions { KsX3267 = true });
        Pass(0);
    }

    [Fact]
    public void An_opener_echoes_the_opid_counts_down_and_is_ready_with_opid_0()
    {
        Write("""{"device":"roof_vent","operation":305,"opid":17,"position":60}""");
        Assert.Equal((17, 301, 60, 0), Opener());

        Pass(30);
        Assert.Equal((17, 301, 30, 30), Opener());
        Pass(40);
        Assert.Equal((0, 0, 0, 60), Opener());

        Write("""{"device":"roof_vent","operation":302,"opid":18}""");
        Assert.Equal((18, 302, 60, 60), Opener());
    }

    [Fact]
    public void Timed_operations_move_for_their_time_and_stop_stays_where_it_is()
    {
        Write("""{"device":"roof_vent","operation":303,"opid":1,"time":25}""");
        Pass(40);
        Assert.Equal((0, 0, 0, 25), Opener());

        Write("""{"device":"roof_vent","operation":301,"opid":2}""");
        Pass(10);
        Write("""{"device":"roof_vent","operation":0,"opid":3}""");
        Pass(10);
        Assert.Equal((0, 0, 0, 35), Opener());

        Write("""{"device":"roof_vent","operation":304,"opid":4,"time":5}""");
        Pass(10);
        Assert.Equal((0, 0, 0, 30), Opener());
    }

    [Fact]
    public void A_switch_is_on_for_its_time_and_then_ready()
    {
        Write("""{"device":"pump","operation":202,"opid":9,"time":60}""");
        Assert.Equal((9, 201, 60), Pump());

        Pass(20);
        Assert.Equal((9, 201, 40), Pump());
        Pass(41);
        Assert.Equal((0, 0, 0), Pump());
    }

    [Fact]
    public void The_same_opid_acts_once()
    {
        Write("""{"device":"pump","operation":202,"opid":9,"time":10}""");
        Pass(12);
        Write("""{"device":"pump","operation":202,"opid":9,"time":10}""");

        Assert.Equal((0, 0, 0), Pump());
    }

    [Fact]
    public void Authority_is_changed_at_the_node_and_keeps_others_out()
    {
        Assert.Null(Write("""{"operation":2,"opid":1,"control":3}"""));
        Assert.Equal(3, Registers().GetProperty("control").GetInt32());
        Assert.Equal((0, 299, 0), Pump());
        Assert.Equal((0, 399, 0, 0), Opener());

        Assert.Equal("authority is not remote", Write("""{"device":"pump","operation":201,"opid":2}"""));
        Assert.Null(Write("""{"operation":2,"opid":3,"control":2}"""));
        Assert.Null(Write("""{"device":"pump","operation":201,"opid":4}"""));
        Assert.Equal((4, 201), (Pump().OpId, Pump().Status));
    }

    [Fact]
    public void What_does_not_arrive_is_an_error_until_the_next_operation()
    {
        var stuck = new FaultSpec { Kind = "stuck", Site = "s", Controller = "ctrl", Actuator = "roof_vent", Window = new FaultWindow(Start, Start.AddMinutes(5)) };
        var controller = Create(new SimulationOptions { KsX3267 = true }, stuck);
        Write("""{"device":"roof_vent","operation":301,"opid":1}""", controller);
        Pass(200, controller);
        Assert.Equal((1, 1, 0, 0), Opener());

        Pass(200, controller);
        Write("""{"device":"roof_vent","operation":301,"opid":2}""", controller);
        Assert.Equal((2, 301, 100, 0), Opener());
    }

    [Theory]
    [InlineData("""{"device":"fog","operation":201,"opid":1}""", "this node has no device 'fog'")]
    [InlineData("""{"device":"pump","operation":301,"opid":1}""", "Open is no operation of a Switch")]
    [InlineData("""{"device":"roof_vent","operation":306,"opid":1}""", "306 is no operation of a Opener")]
    [InlineData("""{"device":"pump","operation":201,"opid":0}""", "opid 0 is outside 1..65535")]
    [InlineData("""{"operation":2,"opid":1,"control":7}""", "a node takes operation 2 with control 1, 2 or 3")]
    [InlineData("""{"device":"pump"}""", "This is no write of KS X 3267; send for example {\"device\":\"roof_vent\",\"operation\":305,\"opid\":1,\"position\":60}.")]
    [InlineData("on", "This is no write of KS X 3267; send for example {\"device\":\"roof_vent\",\"operation\":305,\"opid\":1,\"position\":60}.")]
    public void What_cannot_be_done_is_refused_with_a_reason(string text, string reason)
    {
        Assert.Equal(reason, Write(text));
        Assert.Equal((0, 0, 0), Pump());
    }

    [Fact]
    public void The_native_topics_tell_the_same_positions_and_nothing_of_its_operations()
    {
        Write("""{"device":"pump","operation":201,"opid":5}""");

        Assert.DoesNotContain(_sent, message => message.Topic.EndsWith("/reply", StringComparison.Ordinal));
        Assert.Equal(1, JsonDocument.Parse(_sent.Last(m => m.Topic == "farm/s/ctrl/state").Payload).RootElement.GetProperty("pump").GetInt32());
    }

    [Fact]
    public void On_a_line_the_words_stand_in_the_order_of_the_standard_low_word_first()
    {
        var opener = new DeviceRegisters("roof_vent", DeviceCode.Opener, 17, Status.Opening, 0x0001_0002, 60);

        Assert.Equal<ushort>([17, 301, 2, 1, 60], opener.Words());
        Assert.Equal<ushort>([9, 201, 40, 0], new DeviceRegisters("pump", DeviceCode.Switch, 9, Status.On, 40, null).Words());
    }

    [Fact]
    public void Without_the_option_there_is_nothing_of_it()
    {
        _sent.Clear();
        var controller = Create(new SimulationOptions());
        controller.Tick(_now);

        Assert.DoesNotContain(controller.Subscriptions, topic => topic.Contains("ksx3267"));
        Assert.DoesNotContain(_sent, message => message.Topic.Contains("ksx3267"));
    }

    private SimulatedController Create(SimulationOptions options, params FaultSpec[] faults) =>
        new(new NativeTopics(), "s", Described, options, Start, new NodeFaults(faults, 1), new Postbox([], _sent.Add, _ => { }));

    private string? Write(string text, SimulatedController? controller = null) =>
        (controller ?? _controller).Receive("farm/s/ctrl/ksx3267/write"u8, Encoding.UTF8.GetBytes(text), _now);

    private void Pass(int seconds, SimulatedController? controller = null)
    {
        for (var i = 0; i <= seconds; i++)
        {
            (controller ?? _controller).Receive("farm/s/backend/status"u8, "online"u8, _now);
            (controller ?? _controller).Tick(_now);
            _now = i < seconds ? _now.AddSeconds(1) : _now;
        }
    }

    private JsonElement Registers() => JsonDocument.Parse(_sent.Last(m => m.Topic == "farm/s/ctrl/ksx3267").Payload).RootElement;

    private (int OpId, int Status, int Remain, int Position) Opener()
    {
        var device = Registers().GetProperty("devices").GetProperty("roof_vent");
        Assert.Equal(113, device.GetProperty("code").GetInt32());
        return (device.GetProperty("opid").GetInt32(), device.GetProperty("status").GetInt32(), device.GetProperty("remain-time").GetInt32(), device.GetProperty("position").GetInt32());
    }

    private (int OpId, int Status, int Remain) Pump()
    {
        var device = Registers().GetProperty("devices").GetProperty("pump");
        Assert.Equal(102, device.GetProperty("code").GetInt32());
        return (device.GetProperty("opid").GetInt32(), device.GetProperty("status").GetInt32(), device.GetProperty("remain-time").GetInt32());
    }
}
