using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.Faults;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_simulated_controller_obeys_the_contract
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan DeadMan = TimeSpan.FromSeconds(90);

    private static readonly Actuator[] Actuators =
    [
        new("roof_vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, TimeSpan.FromSeconds(180), default, default, null),
        new("heater", ActuatorKind.Switch, null, 0, 1, 0, 0, default, default, default, TimeSpan.FromHours(6)),
    ];

    private readonly ControllerMachine _controller = new(Actuators, DeadMan, Start, NodeFaults.None);
    private long _seq;

    [Fact]
    public void A_vent_is_accepted_runs_for_its_travel_time_and_succeeds()
    {
        var command = Vent(60);

        _controller.Handle(command, At(0));
        Assert.Equal([ReplyStatus.Accepted, ReplyStatus.Running], Statuses(command));
        _controller.Advance(At(54));
        Assert.Equal(30, Position("roof_vent"));
        Assert.Empty(Statuses(command));
        KeepAlive(60);
        _controller.Advance(At(108));

        Assert.Equal(60, Position("roof_vent"));
        Assert.Equal([ReplyStatus.Succeeded], Statuses(command));
    }

    [Fact]
    public void A_switch_and_a_vent_that_is_already_there_succeed_at_once()
    {
        var heater = Heater(1);
        var vent = Vent(0);
        _controller.Handle(heater, At(0));
        _controller.Handle(vent, At(0));

        var replies = _controller.TakeReplies();

        Assert.Equal([ReplyStatus.Accepted, ReplyStatus.Succeeded], replies.Where(r => r.Id == heater.Id).Select(r => r.Status));
        Assert.Equal([ReplyStatus.Accepted, ReplyStatus.Succeeded], replies.Where(r => r.Id == vent.Id).Select(r => r.Status));
        Assert.Equal(1, Position("heater"));
    }

    [Fact]
    public void The_same_id_acts_once_and_is_answered_again()
    {
        var open = Vent(60);
        var close = Vent(0);
        _controller.Handle(open, At(0));
        _controller.Handle(close, At(30));
        _controller.TakeReplies();

        _controller.Handle(open, At(31));

        var answer = Assert.Single(_controller.TakeReplies());
        Assert.Equal((open.Id, ReplyStatus.Failed, $"replaced by {close.Id}"), (answer.Id, answer.Status, answer.Detail));
        _controller.Advance(At(80));
        Assert.Equal(0, Position("roof_vent"));
    }

    [Fact]
    public void An_expired_command_never_acts()
    {
        var command = Vent(60) with { Expires = At(10) };

        _controller.Handle(command, At(10).AddMilliseconds(1));

        AssertRejected(command, "expired");
        _controller.Advance(At(60));
        Assert.Equal(0, Position("roof_vent"));
    }

    [Fact]
    public void A_command_at_the_moment_of_its_expiry_still_acts()
    {
        var command = Heater(1) with { Expires = At(10) };

        _controller.Handle(command, At(10));

        Assert.Equal(1, Position("heater"));
    }

    [Fact]
    public void An_older_seq_is_refused_and_the_newest_wins()
    {
        var older = Vent(20);
        var newer = Vent(80);
        _controller.Handle(newer, At(0));
        _controller.TakeReplies();

        _controller.Handle(older, At(1));

        AssertRejected(older, "older");
        KeepAlive(60, 120);
        _controller.Advance(At(180));
        Assert.Equal(80, Position("roof_vent"));
    }

    [Fact]
    public void Seq_counts_for_each_actuator_by_itself()
    {
        _controller.Handle(Vent(20) with { Seq = 100 }, At(0));

        _controller.Handle(Heater(1) with { Seq = 1 }, At(1));

        Assert.Equal(1, Position("heater"));
    }

    [Theory]
    [InlineData("fogger", 1, null, "no actuator 'fogger'")]
    [InlineData("roof_vent", 101, "%", "outside 0..100")]
    [InlineData("roof_vent", -1, "%", "outside 0..100")]
    [InlineData("roof_vent", 40, "°C", "does not fit")]
    [InlineData("roof_vent", 40, "parsec", "does not fit")]
    [InlineData("heater", 0.5, null, "takes 0 or 1")]
    public void What_cannot_be_done_is_refused_with_a_reason(string actuator, double target, string? unit, string reason)
    {
        var command = Vent(0) with { Actuator = actuator, Target = target, Unit = unit };

        _controller.Handle(command, At(0));

        AssertRejected(command, reason);
    }

    [Fact]
    public void A_target_in_another_unit_of_the_same_kind_is_converted()
    {
        _controller.Handle(Vent(0.6) with { Unit = "1" }, At(0));
        KeepAlive(60, 120);
        _controller.Advance(At(200));

        Assert.Equal(60, Position("roof_vent"), 1e-9);
    }

    [Theory]
    [InlineData(ControlMode.Local)]
    [InlineData(ControlMode.Manual)]
    public void In_local_and_manual_mode_the_backend_is_refused(ControlMode mode)
    {
        var running = Vent(60);
        _controller.Handle(running, At(0));
        _controller.TakeReplies();

        _controller.Turn(mode, At(10));
        var reply = Assert.Single(_controller.TakeReplies());
        Assert.Equal((running.Id, ReplyStatus.Failed), (reply.Id, reply.Status));

        var refused = Vent(0);
        _controller.Handle(refused, At(20));
        AssertRejected(refused, mode.ToString().ToLowerInvariant());
        Assert.Equal(mode, _controller.State(At(20)).Mode);

        // The backend may fall silent: the node is in other hands.
        _controller.Heard(isOnline: false, At(100));
        _controller.Advance(At(1000));
        Assert.Equal(60, Position("roof_vent"));
    }

    [Fact]
    public void A_duration_ends_in_the_safe_state()
    {
        _controller.Handle(Heater(1) with { Duration = TimeSpan.FromSeconds(60) }, At(0));
        _controller.Advance(At(59.9));
        Assert.Equal(1, Position("heater"));

        _controller.Advance(At(60));

        Assert.Equal(0, Position("heater"));
    }

    [Fact]
    public void A_duration_shorter_than_the_way_fails_and_turns_back()
    {
        var command = Vent(100) with { Duration = TimeSpan.FromSeconds(18) };
        _controller.Handle(command, At(0));
        _controller.TakeReplies();

        _controller.Advance(At(27));

        var reply = Assert.Single(_controller.TakeReplies());
        Assert.Equal((ReplyStatus.Failed, At(18)), (reply.Status, reply.Time));
        Assert.Equal(5, Position("roof_vent"), 1e-9);
    }

    [Fact]
    public void A_way_and_a_duration_that_pass_in_one_step_are_both_told_right()
    {
        var command = Vent(10) with { Duration = TimeSpan.FromSeconds(60) };
        _controller.Handle(command, At(0));
        _controller.TakeReplies();

        _controller.Advance(At(85));

        Assert.Equal(ReplyStatus.Succeeded, Assert.Single(_controller.TakeReplies()).Status);
        Assert.Equal(0, Position("roof_vent"));
    }

    [Fact]
    public void A_switch_goes_off_by_itself_after_its_seconds_time_on_and_a_new_command_begins_it_anew()
    {
        _controller.Handle(Heater(1), At(0));
        KeepAliveUntil(TimeSpan.FromHours(5));
        _controller.Handle(Heater(1), Start.AddHours(5));
        KeepAliveUntil(TimeSpan.FromHours(10.9));
        Assert.Equal(1, Position("heater"));

        KeepAliveUntil(TimeSpan.FromHours(11));

        Assert.Equal(0, Position("heater"));
    }

    [Theory]
    [InlineData(4294.967296)]
    [InlineData(2147483.648)]
    [InlineData(4294967.296)]
    public void Times_that_overflow_a_counter_of_small_firmware_end_when_they_should(double seconds)
    {
        var controller = new ControllerMachine([.. Actuators.Select(a => a with { MaxOn = null })], TimeSpan.FromDays(365), Start, NodeFaults.None);
        controller.Handle(Heater(1) with { Duration = TimeSpan.FromSeconds(seconds) }, At(0));

        controller.Advance(At(seconds - 0.001));
        Assert.Equal(1, controller.Positions.Last().Position);
        controller.Advance(At(seconds + 0.001));
        Assert.Equal(0, controller.Positions.Last().Position);
    }

    [Fact]
    public void A_backend_that_goes_offline_sends_everything_to_its_safe_state_at_once()
    {
        var vent = Vent(50);
        _controller.Handle(Heater(1), At(0));
        _controller.Handle(vent, At(0));
        _controller.TakeReplies();

        _controller.Heard(isOnline: false, At(18));
        _controller.Advance(At(36));

        Assert.Equal(0, Position("heater"));
        Assert.Equal(0, Position("roof_vent"));
        var reply = Assert.Single(_controller.TakeReplies());
        Assert.Equal((vent.Id, ReplyStatus.Failed), (reply.Id, reply.Status));
        Assert.Contains("offline", reply.Detail);
    }

    [Fact]
    public void A_backend_that_falls_silent_is_missed_after_the_dead_mans_time_and_no_sooner()
    {
        _controller.Handle(Heater(1), At(0));
        _controller.Heard(isOnline: true, At(60));

        _controller.Advance(At(149.9));
        Assert.Equal(1, Position("heater"));
        _controller.Advance(At(150));

        Assert.Equal(0, Position("heater"));
    }

    [Fact]
    public void After_a_silence_a_new_command_is_obeyed_again()
    {
        _controller.Advance(At(1000));

        _controller.Handle(Heater(1) with { Expires = At(2000) }, At(1001));

        Assert.Equal(1, Position("heater"));
    }

    [Fact]
    public void Whatever_comes_no_command_has_two_last_words_and_every_accepted_one_has_one()
    {
        var steps = Gen.Choose(0, 6).SelectMany(kind => Gen.Choose(0, 100).SelectMany(value => Gen.Choose(0, 120).Select(wait => (kind, value, wait)))).ListOf();
        Prop.ForAll(Arb.From(steps), list =>
        {
            var controller = new ControllerMachine(Actuators, DeadMan, Start, NodeFaults.None);
            var sent = new List<Command>();
            var replies = new List<CommandReply>();
            var now = Start;
            foreach (var (kind, value, wait) in list)
            {
                now = now.AddSeconds(wait);
                switch (kind)
                {
                    case 0 or 1 or 2:
                        sent.Add(Vent(value) with { Expires = now.AddSeconds(30), Duration = kind == 2 ? TimeSpan.FromSeconds(value) : null });
                        controller.Handle(sent[^1], now);
                        break;
                    case 3 when sent.Count > 0:
                        controller.Handle(sent[value % sent.Count], now);
                        break;
                    case 4:
                        controller.Heard(value > 30, now);
                        break;
                    case 5:
                        controller.Turn((ControlMode)(value % 3), now);
                        break;
                    default:
                        controller.Advance(now);
                        break;
                }

                replies.AddRange(controller.TakeReplies());
            }

            controller.Heard(isOnline: false, now);
            controller.Turn(ControlMode.Remote, now);
            controller.Heard(isOnline: false, now);
            controller.Advance(now.AddHours(1));
            replies.AddRange(controller.TakeReplies());
            var position = controller.Positions.First().Position;
            var words = sent.Select(c => replies.Where(r => r.Id == c.Id && r.Status >= ReplyStatus.Succeeded).Distinct().Count()).ToList();
            return (words.All(count => count == 1) && position == 0).Label($"last words {string.Join(' ', words)}, position {position}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private Command Vent(double target) => new(Guid.NewGuid(), "roof_vent", target, "%", null, ++_seq, Start, Start.AddYears(1), "test");

    private Command Heater(double target) => Vent(target) with { Actuator = "heater", Unit = null };

    private double Position(string actuator) => _controller.State(Start).Positions[actuator];

    private void KeepAlive(params double[] seconds) => Array.ForEach(seconds, s => _controller.Heard(isOnline: true, At(s)));

    private void KeepAliveUntil(TimeSpan end)
    {
        for (var time = Start; time <= Start + end; time += TimeSpan.FromMinutes(1))
        {
            _controller.Heard(isOnline: true, time);
        }
    }

    private List<ReplyStatus> Statuses(Command command) => [.. _controller.TakeReplies().Where(r => r.Id == command.Id).Select(r => r.Status)];

    private void AssertRejected(Command command, string reason)
    {
        var reply = Assert.Single(_controller.TakeReplies());
        Assert.Equal((command.Id, ReplyStatus.Rejected), (reply.Id, reply.Status));
        Assert.Contains(reason, reply.Detail);
    }
}
