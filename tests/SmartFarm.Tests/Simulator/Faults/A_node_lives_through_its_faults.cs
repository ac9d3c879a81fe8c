using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;
using Xunit;
using static SmartFarm.Tests.Simulator.Faults.FaultyDevice;

namespace SmartFarm.Tests.Simulator.Faults;

public sealed class A_node_lives_through_its_faults
{
    private static readonly List<Report> Healthy = Run();

    [Fact]
    public void Without_power_it_is_silent_and_afterwards_counts_from_one_again()
    {
        var fault = Fault("power_cut");
        var reports = Run(fault);

        Assert.DoesNotContain(reports, report => fault.Window.IsOpen(report.Time));
        Assert.Equal(1, reports.First(r => r.Time >= fault.Window.End).Seq);
    }

    [Fact]
    public void A_reboot_takes_its_time_and_leaves_a_clock_of_1970_until_it_is_set()
    {
        var reports = Run(Fault("reboot", ("boot", "30 s"), ("sync", "60 s")));

        var unset = reports.Where(r => r.Time < Start).ToList();
        Assert.Equal(6, unset.Count);
        Assert.All(unset, report => Assert.InRange(report.Time, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(90)));
        Assert.Equal([1, 2, 3, 4, 5, 6], unset.Select(report => (int)report.Seq));
        Assert.Equal(Healthy.Count - 3, reports.Count);
        Assert.Equal(Healthy[^1].Time, reports[^1].Time);
    }

    [Fact]
    public void A_node_may_reboot_again_and_again()
    {
        var reports = Run(Fault("reboot", ("boot", "10 s"), ("every", "60 s")));

        Assert.Equal(4, reports.Zip(reports.Skip(1)).Count(pair => pair.Second.Seq < pair.First.Seq));
    }

    [Theory]
    [InlineData("by", "-5 h", -5 * 3600)]
    [InlineData("by", "20 min", 1200)]
    [InlineData("to", "2026-07-15T09:02Z", 3600)]
    public void A_wrong_clock_shifts_the_time_stamps_and_nothing_else(string parameter, string text, double seconds)
    {
        var fault = Fault("wrong_clock", (parameter, text));

        Assert.All(Healthy.Zip(Run(fault)), pair =>
        {
            Assert.Equal(pair.First.Time.AddSeconds(fault.Window.IsOpen(pair.First.Time) ? seconds : 0), pair.Second.Time);
            Assert.Equal(pair.First.Values, pair.Second.Values);
        });
    }

    [Fact]
    public void After_a_network_loss_it_sends_what_it_kept_in_order_with_old_stamps_and_then_the_present()
    {
        var wire = new Wire(Fault("network_loss", ("per_second", "1")));

        wire.RunFor(minutes: 8);

        Assert.Equal(Healthy.Select(Payload), wire.Payloads);
        Assert.Empty(wire.SentBetween(2, 6));
        Assert.Equal([("offline", Start.AddMinutes(2)), ("online", Start.AddMinutes(6))], wire.Presence);
        Assert.Equal(24 + 3, wire.SentBetween(6, 6.5).Count);
    }

    [Fact]
    public void A_store_that_is_too_small_loses_the_oldest_and_counts_them()
    {
        var wire = new Wire(Fault("network_loss", ("keep", "10")));

        wire.RunFor(minutes: 8);

        Assert.Equal(14, wire.Box.Lost);
        Assert.Equal(Healthy.Where(r => r.Time < Start.AddMinutes(2) || r.Time >= Start.AddMinutes(6).AddSeconds(-100)).Select(Payload), wire.Payloads);
    }

    [Fact]
    public void What_was_kept_does_not_survive_a_power_cut()
    {
        var wire = new Wire(Fault("network_loss"), Fault("power_cut") with { Window = new FaultWindow(Start.AddMinutes(5), Start.AddMinutes(5.5)) });

        wire.RunFor(minutes: 8);

        Assert.Equal(18, wire.Box.Lost);
        Assert.Equal(Healthy.Count - 18 - 3, wire.Payloads.Count);
        Assert.Equal(2, wire.Presence.Count);
    }

    [Fact]
    public void Duplicates_are_the_same_bytes_again()
    {
        var wire = new Wire(Fault("duplicate", ("after", "2 s")));

        wire.RunFor(minutes: 8);

        Assert.Equal(Healthy.Count + 24, wire.Payloads.Count);
        Assert.Equal(Healthy.Select(Payload), wire.Payloads.Distinct());
    }

    [Fact]
    public void Out_of_order_all_arrive_once_and_some_are_overtaken()
    {
        var wire = new Wire(Fault("out_of_order", ("share", "0.5"), ("up_to", "1 min")));

        wire.RunFor(minutes: 8);

        Assert.Equal(Healthy.Select(Payload).Order(), wire.Payloads.Order());
        Assert.NotEqual(Healthy.Select(Payload), wire.Payloads);
    }

    [Fact]
    public void Late_messages_come_later_by_their_time_and_in_order()
    {
        var wire = new Wire(Fault("late", ("by", "15 s")));

        wire.RunFor(minutes: 8);

        Assert.All(wire.SentBetween(2.5, 6), sent => Assert.Equal(15, (sent.At - TimeOf(sent.Payload)).TotalSeconds));
        Assert.Equal(Healthy.Select(Payload).Order(), wire.Payloads.Order());
    }

    [Fact]
    public void Lost_messages_are_counted_and_only_those_of_the_kind_that_was_named()
    {
        var half = new Wire(Fault("lost", ("share", "0.5")));
        var replies = new Wire(Fault("lost", ("share", "1"), ("of", "reply")));
        half.RunFor(minutes: 8);
        replies.RunFor(minutes: 8);

        Assert.InRange(half.Box.Lost, 6, 18);
        Assert.Equal(Healthy.Count, half.Payloads.Count + half.Box.Lost);
        Assert.Equal(Healthy.Count, replies.Payloads.Count);
    }

    [Fact]
    public void Whatever_happens_on_the_way_each_report_is_sent_or_counted_as_lost_and_none_is_invented()
    {
        var fault = Gen.Elements("network_loss", "duplicate", "out_of_order", "late", "lost").SelectMany(kind =>
            Gen.Choose(0, 400).SelectMany(start => Gen.Choose(1, 300).SelectMany(length => Gen.Choose(0, 99).Select(seed =>
                Fault(kind) with { Seed = seed, Window = new FaultWindow(Start.AddSeconds(start), Start.AddSeconds(start + length)) }))));
        Prop.ForAll(Arb.From(fault.ListOf()), faults =>
        {
            var wire = new Wire([.. faults]);
            wire.RunFor(minutes: 8);
            wire.Drain();
            var sent = wire.Payloads.Distinct().ToHashSet(StringComparer.Ordinal);
            var said = Healthy.Select(Payload).ToList();
            return (sent.IsSubsetOf(said) && said.Count - sent.Count <= wire.Box.Lost && wire.Box.Waiting == 0)
                .Label($"{said.Count} said, {sent.Count} sent, {wire.Box.Lost} lost, {wire.Box.Waiting} waiting");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static string Payload(Report report) => System.Text.Encoding.UTF8.GetString(Message(report).Payload.Span);

    private static MqttMessage Message(Report report) => WireFormats.Find("native")!(new NativeTopics(), "s", "climate-1", report);

    private static DateTimeOffset TimeOf(string payload) => System.Text.Json.JsonDocument.Parse(payload).RootElement.GetProperty("ts").GetDateTimeOffset();

    /// <summary>What leaves a device with faults, and when.</summary>
    private sealed class Wire
    {
        private readonly List<(DateTimeOffset At, string Payload)> _sent = [];
        private readonly DeviceNode _node;
        private DateTimeOffset _now = Start;

        public Wire(params FaultSpec[] faults)
        {
            Box = new Postbox(
                new NodeFaults(faults, seed: 1).OfDelivery(),
                message => _sent.Add((_now, System.Text.Encoding.UTF8.GetString(message.Payload.Span))),
                isPresent => Presence.Add((isPresent ? "online" : "offline", _now)));
            _node = new DeviceNode(Create(faults), Message, Box);
        }

        public Postbox Box { get; }

        public List<(string Word, DateTimeOffset At)> Presence { get; } = [];

        public List<string> Payloads => [.. _sent.Select(s => s.Payload)];

        public List<(DateTimeOffset At, string Payload)> SentBetween(double from, double to) =>
            [.. _sent.Where(s => s.At >= Start.AddMinutes(from) && s.At < Start.AddMinutes(to))];

        public void RunFor(double minutes)
        {
            for (; _now < Start.AddMinutes(minutes); _now = _now.AddSeconds(1))
            {
                _node.Tick(Inside, _now);
            }
        }

        /// <summary>Lets the faults pass, without measuring any more.</summary>
        public void Drain()
        {
            for (var i = 0; i < 100; i++, _now = _now.AddMinutes(1))
            {
                Box.Advance(new SmartFarm.Simulator.Faults.Nodes.NodeCondition(), _now);
            }
        }
    }
}
