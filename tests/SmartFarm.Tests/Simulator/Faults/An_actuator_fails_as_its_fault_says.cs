using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.Faults.Drives;
using Xunit;

namespace SmartFarm.Tests.Simulator.Faults;

public sealed class An_actuator_fails_as_its_fault_says
{
    private static readonly DateTimeOffset Start = new(2026, 7, 15, 8, 0, 0, TimeSpan.Zero);

    private static readonly Controller Described = new("ctrl", "ctrl", "native",
    [
        new Actuator("roof_vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, TimeSpan.FromSeconds(180), default, default, null),
        new Actuator("heater", ActuatorKind.Switch, null, 0, 1, 0, 0, default, default, default, TimeSpan.FromHours(6)),
    ]);

    [Fact]
    public void Without_a_fault_a_vent_opens_and_says_so()
    {
        var field = new Field();
        var command = field.Send("roof_vent", 60);
        field.RunFor(seconds: 120);

        Assert.Equal([ReplyStatus.Accepted, ReplyStatus.Running, ReplyStatus.Succeeded], field.StatusesOf(command));
        Assert.Equal((60, 59.75), (field.Reported("roof_vent"), field.IsAt("roof_vent")));
    }

    [Fact]
    public void A_stuck_vent_is_given_up_and_reports_where_it_stands()
    {
        var field = new Field(Fault("stuck", from: 30));
        var command = field.Send("roof_vent", 60);
        field.RunFor(seconds: 600);

        var last = field.LastWordOf(command);
        Assert.Equal(ReplyStatus.Failed, last.Status);
        Assert.StartsWith("it stands at 16.", last.Detail);
        Assert.Equal(field.Reported("roof_vent"), field.IsAt("roof_vent"), 0.3);
        Assert.Equal(275, (last.Time!.Value - Start).TotalSeconds, 1.0);
    }

    [Fact]
    public void A_vent_stuck_at_a_place_is_there()
    {
        var field = new Field(Fault("stuck_at", from: 0, ("position", "35")));
        var command = field.Send("roof_vent", 0);
        field.RunFor(seconds: 600);

        Assert.Equal(ReplyStatus.Failed, field.LastWordOf(command).Status);
        Assert.Equal((35, 35), (field.Reported("roof_vent"), field.IsAt("roof_vent")));
    }

    [Fact]
    public void A_slow_vent_arrives_late_and_a_very_slow_one_is_given_up()
    {
        Assert.Equal(ReplyStatus.Succeeded, LastWord(Fault("slow", from: 0, ("factor", "1.4"))));
        Assert.Equal(ReplyStatus.Failed, LastWord(Fault("slow", from: 0, ("factor", "4"))));

        static ReplyStatus LastWord(FaultSpec fault)
        {
            var field = new Field(fault);
            var command = field.Send("roof_vent", 100);
            field.RunFor(seconds: 600);
            return field.LastWordOf(command).Status;
        }
    }

    [Fact]
    public void A_vent_wired_the_wrong_way_round_ends_at_the_other_end_and_says_so()
    {
        var field = new Field(Fault("reversed", from: 200));
        field.Send("roof_vent", 50);
        field.RunFor(seconds: 200);
        var command = field.Send("roof_vent", 80);
        field.RunFor(seconds: 600);

        Assert.Equal(ReplyStatus.Failed, field.LastWordOf(command).Status);
        Assert.Equal((0, 0), (field.Reported("roof_vent"), field.IsAt("roof_vent")));
    }

    [Theory]
    [InlineData("stiction", "band", "4", 47, 49.75)]
    [InlineData("stiction", "band", "4", 44, 44.25)]
    [InlineData("backlash", "play", "8", 47, 49.75)]
    [InlineData("backlash", "play", "8", 44, 48.25)]
    [InlineData("position_error", "by", "5", 60, 54.75)]
    [InlineData("dead_band", "band", "6", 55, 49.75)]
    [InlineData("dead_band", "band", "6", 57, 56.75)]
    public void With_these_a_command_succeeds_and_the_vent_is_elsewhere(string kind, string parameter, string value, double target, double place)
    {
        var field = new Field(Fault(kind, from: 200, (parameter, value)));
        field.Send("roof_vent", 50);
        field.RunFor(seconds: 200);

        var command = field.Send("roof_vent", target);
        field.RunFor(seconds: 200);

        Assert.Equal(ReplyStatus.Succeeded, field.LastWordOf(command).Status);
        Assert.Equal(place, field.IsAt("roof_vent"), 9);
    }

    [Fact]
    public void Without_feedback_the_motor_runs_until_the_controller_gives_up()
    {
        var field = new Field(Fault("lost_feedback", from: 0));
        var command = field.Send("roof_vent", 20);
        field.RunFor(seconds: 600);

        Assert.Equal(ReplyStatus.Failed, field.LastWordOf(command).Status);
        Assert.Equal((0, 100), (field.Reported("roof_vent"), field.IsAt("roof_vent")));
    }

    [Fact]
    public void Without_power_at_the_contactor_the_heater_is_acknowledged_reported_on_and_cold()
    {
        var field = new Field(Fault("no_power_at_contactor", from: 0));
        var command = field.Send("heater", 1);
        field.RunFor(seconds: 10);

        Assert.Equal(ReplyStatus.Succeeded, field.LastWordOf(command).Status);
        Assert.Equal((1, 0), (field.Reported("heater"), field.IsAt("heater")));
    }

    [Fact]
    public void A_welded_contact_heats_on_although_it_was_switched_off()
    {
        var field = new Field(Fault("welded", from: 5));
        field.Send("heater", 1);
        field.RunFor(seconds: 10);
        var off = field.Send("heater", 0);
        field.RunFor(seconds: 10);

        Assert.Equal(ReplyStatus.Succeeded, field.LastWordOf(off).Status);
        Assert.Equal((0, 1), (field.Reported("heater"), field.IsAt("heater")));
    }

    [Fact]
    public void A_fault_of_one_actuator_leaves_the_others_alone_and_one_of_the_controller_befalls_all()
    {
        Assert.Equal((0, 1), After(Fault("stuck", from: 0) with { Actuator = "roof_vent" }));
        Assert.Equal((0, 0), After(Fault("stuck", from: 0) with { Actuator = null }));

        static (double Vent, double Heater) After(FaultSpec fault)
        {
            var field = new Field(fault);
            field.Send("roof_vent", 60);
            field.Send("heater", 1);
            field.RunFor(seconds: 200);
            return (field.IsAt("roof_vent"), field.IsAt("heater"));
        }
    }

    [Fact]
    public void After_a_fault_a_new_command_is_carried_out_again()
    {
        var field = new Field(Fault("stuck", from: 0) with { Window = new FaultWindow(Start, Start.AddSeconds(300)) });
        field.Send("roof_vent", 60);
        field.RunFor(seconds: 400);
        var command = field.Send("roof_vent", 60);
        field.RunFor(seconds: 200);

        Assert.Equal(ReplyStatus.Succeeded, field.LastWordOf(command).Status);
    }

    [Fact]
    public void In_a_power_cut_the_vent_stays_the_heater_drops_out_nothing_is_heard_and_afterwards_all_goes_safe()
    {
        var field = new Field(Fault("power_cut", from: 200) with { Window = new FaultWindow(Start.AddSeconds(200), Start.AddSeconds(400)) });
        field.Send("roof_vent", 60);
        field.Send("heater", 1);
        field.RunFor(seconds: 250);
        Assert.Equal((59.75, 0), (field.IsAt("roof_vent"), field.IsAt("heater")));
        Assert.Equal(["offline"], field.Presence);

        var unheard = field.Send("roof_vent", 10);
        field.RunFor(seconds: 140);
        Assert.Empty(field.StatusesOf(unheard));
        Assert.Equal(59.75, field.IsAt("roof_vent"));

        field.RunFor(seconds: 200);
        Assert.Equal(["offline", "online"], field.Presence);
        Assert.Equal((0, 0), (field.Reported("roof_vent"), field.IsAt("heater")));
        var again = field.Send("heater", 1, seq: 1);
        Assert.Equal(ReplyStatus.Succeeded, field.LastWordOf(again).Status);
    }

    [Fact]
    public void Cut_off_from_the_network_the_dead_man_acts_and_the_answers_come_afterwards()
    {
        var field = new Field(Fault("network_loss", from: 60) with { Window = new FaultWindow(Start.AddSeconds(60), Start.AddSeconds(500)) });
        field.Send("heater", 1);
        var vent = field.Send("roof_vent", 60);
        field.RunFor(seconds: 450);
        Assert.Equal(0, field.IsAt("heater"));
        Assert.Equal([ReplyStatus.Accepted, ReplyStatus.Running], field.StatusesOf(vent));

        field.RunFor(seconds: 100);
        Assert.Equal([ReplyStatus.Accepted, ReplyStatus.Running, ReplyStatus.Succeeded], field.StatusesOf(vent));
        Assert.Equal(["offline", "online"], field.Presence);
    }

    [Fact]
    public void After_a_reconnect_the_state_is_told_again_although_nothing_has_changed()
    {
        var field = new Field();
        field.RunFor(seconds: 5);
        var reports = field.Reports;
        field.RunFor(seconds: 5);
        Assert.Equal(reports, field.Reports);

        field.Reconnect();
        field.RunFor(seconds: 1);
        Assert.Equal(reports + 1, field.Reports);
    }

    [Theory]
    [InlineData("manual", ControlMode.Manual)]
    [InlineData("local", ControlMode.Local)]
    public void While_somebody_holds_the_key_the_backend_is_refused(string mode, ControlMode reported)
    {
        var field = new Field(Fault("local_control", from: 10, ("mode", mode)) with { Window = new FaultWindow(Start.AddSeconds(10), Start.AddSeconds(60)) });
        field.RunFor(seconds: 20);
        var refused = field.Send("heater", 1);
        Assert.Equal(reported, field.State.Mode);
        Assert.Equal(ReplyStatus.Rejected, field.LastWordOf(refused).Status);

        field.RunFor(seconds: 60);
        Assert.Equal(ControlMode.Remote, field.State.Mode);
        Assert.Equal(ReplyStatus.Succeeded, field.LastWordOf(field.Send("heater", 1)).Status);
    }

    [Theory]
    [InlineData("2 h", ReplyStatus.Rejected, 7200)]
    [InlineData("-2 h", ReplyStatus.Succeeded, -7200)]
    public void A_controller_with_a_wrong_clock_judges_expiry_and_stamps_by_it(string by, ReplyStatus status, double seconds)
    {
        var field = new Field(Fault("wrong_clock", from: 0, ("by", by)));
        field.RunFor(seconds: 10);
        var command = field.Send("heater", 1);

        Assert.Equal((status, Start.AddSeconds(10 + seconds)), (field.LastWordOf(command).Status, field.LastWordOf(command).Time));
    }

    [Fact]
    public void A_motor_without_power_stays_and_is_given_up()
    {
        var field = new Field(Fault("no_power_at_contactor", from: 30));
        var command = field.Send("roof_vent", 60);
        field.RunFor(seconds: 600);

        Assert.Equal(ReplyStatus.Failed, field.LastWordOf(command).Status);
        Assert.InRange(field.IsAt("roof_vent"), 15, 17);
    }

    [Fact]
    public void Every_actuator_fault_is_tried_by_name_in_this_file()
    {
        var text = File.ReadAllText(SmartFarm.Testing.Repository.PathOf("tests", "SmartFarm.Tests", "Simulator", "Faults", "An_actuator_fails_as_its_fault_says.cs"));
        var kinds = typeof(DriveFault).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DriveFault))).ToList();

        Assert.Equal(kinds.Count, FaultKinds.All.Count(kind => kind.Places == FaultPlace.Controller) - 1);
        Assert.All(FaultKinds.All.Where(kind => kind.Places == FaultPlace.Controller), kind => Assert.Contains($"\"{kind.Name}\"", text));
    }

    private static FaultSpec Fault(string kind, double from, params (string Name, string Value)[] parameters) => new()
    {
        Kind = kind,
        Site = "s",
        Controller = "ctrl",
        Window = new FaultWindow(Start.AddSeconds(from), null),
        Parameters = parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal),
    };

    /// <summary>A controller with faults, and a backend that is always there.</summary>
    private sealed class Field
    {
        private readonly NativeTopics _topics = new();
        private readonly SimulatedController _controller;
        private readonly List<CommandReply> _replies = [];
        private Dictionary<string, double> _places = [];
        private DateTimeOffset _now = Start;
        private long _seq;

        public Field(params FaultSpec[] faults)
        {
            var book = new NodeFaults(faults, seed: 1);
            var postbox = new Postbox(book.OfDelivery(), Take, isPresent => Presence.Add(isPresent ? "online" : "offline"));
            _controller = new SimulatedController(_topics, "s", Described, new SimulationOptions(), Start, book, postbox);
            Tick();
        }

        public List<string> Presence { get; } = [];

        public ControllerState State { get; private set; } = null!;

        public int Reports { get; private set; }

        public double Reported(string actuator) => State.Positions[actuator];

        public double IsAt(string actuator) => _places[actuator];

        public List<ReplyStatus> StatusesOf(Command command) => [.. _replies.Where(r => r.Id == command.Id).Select(r => r.Status)];

        public CommandReply LastWordOf(Command command) => _replies.Last(r => r.Id == command.Id);

        public Command Send(string actuator, double target, long? seq = null)
        {
            var command = new Command(Guid.NewGuid(), actuator, target, actuator == "heater" ? null : "%", null, seq ?? ++_seq, _now, _now.AddMinutes(1), "test");
            _controller.Receive(System.Text.Encoding.UTF8.GetBytes(_topics.Command("s", "ctrl")), NativeCommand.Write(command).Span, _now);
            return command;
        }

        public void Reconnect() => _controller.Reconnected();

        public void RunFor(double seconds)
        {
            for (var end = _now.AddSeconds(seconds); _now < end;)
            {
                _now = _now.AddSeconds(1);
                _controller.Receive(System.Text.Encoding.UTF8.GetBytes(_topics.BackendStatus("s")), "online"u8, _now);
                Tick();
            }
        }

        private void Tick() => _places = _controller.Tick(_now).ToDictionary(p => p.Actuator.Id, p => p.Position, StringComparer.Ordinal);

        private void Take(MqttMessage message)
        {
            if (NativeReply.Read(message.Payload.Span, out _) is { } reply)
            {
                _replies.Add(reply);
            }
            else
            {
                State = NativeState.Read(message.Payload.Span, out _)!;
                Reports++;
            }
        }
    }
}
