using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Load;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_load_keeps_its_schedule
{
    [Fact]
    public void The_shares_of_the_connections_are_all_that_is_due_and_nothing_twice() =>
        Prop.ForAll(Gen.Choose(1, 40).Two().ToArbitrary(), Gen.Choose(0, 5000).ToArbitrary(), (sizes, due) =>
        {
            var schedule = new LoadSchedule(Options(sizes.Item1 * sizes.Item2, rate: 1000, sizes.Item1));
            return Enumerable.Range(0, sizes.Item1).Sum(connection => schedule.Share(connection, due)) == due;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    [InlineData(400, 8)]
    public void Each_message_of_all_is_due_once_at_its_time(int devices, int connections)
    {
        var schedule = new LoadSchedule(Options(devices, rate: 500, connections));

        var due = Enumerable.Range(0, connections)
            .SelectMany(connection => Enumerable.Range(0, (int)schedule.Share(connection, schedule.Total)).Select(message => schedule.DueTime(connection, message)))
            .Order().ToList();

        Assert.Equal(5000, schedule.Total);
        Assert.Equal([.. Enumerable.Range(0, 5000).Select(n => TimeSpan.FromSeconds(n / 500.0))], due);
        Assert.Equal((1, 501, 5000), (schedule.Due(TimeSpan.Zero), schedule.Due(TimeSpan.FromSeconds(1)), schedule.Due(TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void A_device_sends_what_the_native_format_says_with_its_own_time_and_running_number()
    {
        var frames = new DeviceFrames(new NativeTopics("farm"), "load", [7, 19_999]);
        var bytes = new byte[frames.Size];

        frames.Write(bytes, message: 5, packetId: 0x0102, new DateTime(2026, 7, 15, 9, 8, 7, 45, DateTimeKind.Utc));

        var input = new System.Buffers.ReadOnlySequence<byte>(bytes);
        using var reader = new PacketReader(1000, Oversize.Refuse);
        Assert.Equal(ReadStatus.Packet, reader.Read(ref input, out var frame, out _));
        Assert.True(input.IsEmpty);
        Assert.True(PublishPacket.TryRead(frame, MqttVersion.V5, out var publish, out _));
        Assert.Equal("farm/load/dev19999/telemetry", Encoding.UTF8.GetString(publish.Topic));
        Assert.Equal((1, 0x0102), (publish.Qos, publish.PacketId));
        Assert.Equal(
            """{"ts":"2026-07-15T09:08:07.045Z","seq":1000000002,"air_temperature":15.35,"relative_humidity":30.65}""", Encoding.UTF8.GetString(publish.Payload));
    }

    [Fact]
    public void A_percentile_is_right_to_one_part_in_sixty_four()
    {
        var histogram = new LatencyHistogram();
        foreach (var millisecond in Enumerable.Range(1, 1000))
        {
            histogram.Add(TimeSpan.FromMilliseconds(millisecond));
        }

        foreach (var share in new[] { 0.001, 0.01, 0.5, 0.9, 0.99, 1 })
        {
            Assert.InRange(histogram.Percentile(share).TotalMilliseconds / (1000 * share), 1 - (1 / 64.0), 1 + (1 / 64.0));
        }

        Assert.Equal(TimeSpan.FromSeconds(1), histogram.Most);
        Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Percentile(0.99));
    }

    [Fact]
    public void Every_time_finds_its_bin() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).Select(m => (long)m * m / 1_000_000).ToArbitrary(), microseconds =>
        {
            var histogram = new LatencyHistogram();
            histogram.Add(TimeSpan.FromMicroseconds(microseconds));
            histogram.Add(TimeSpan.FromDays(400));
            return Math.Abs(histogram.Percentile(0.5).TotalMicroseconds - microseconds) <= microseconds / 64.0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_acknowledgement_frees_its_place_once()
    {
        var inFlight = new InFlight(2);
        var (first, second) = (inFlight.Add(TimeSpan.FromSeconds(1)), inFlight.Add(TimeSpan.FromSeconds(2)));

        Assert.Equal((0, 2), (inFlight.Room, inFlight.Count));
        Assert.NotEqual(first, second);
        Assert.Equal(TimeSpan.FromSeconds(2), inFlight.Remove(second));
        Assert.Null(inFlight.Remove(second));
        Assert.Null(inFlight.Remove(0));
        Assert.Null(inFlight.Remove(3));
        Assert.Equal((1, 1), (inFlight.Room, inFlight.Count));
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_sentence()
    {
        var usual = Options(devices: 100, rate: 50, connections: 10);

        Assert.Same(usual, usual.Checked());
        Assert.Contains("--devices is 0", Refusal(usual with { Devices = 0 }));
        Assert.Contains("--rate is NaN", Refusal(usual with { Rate = double.NaN }));
        Assert.Contains("two messages in one millisecond", Refusal(usual with { Rate = 100_001 }));
        Assert.Contains("--connections is 101", Refusal(usual with { Connections = 101 }));
        Assert.Contains("longer --for", Refusal(usual with { Duration = TimeSpan.FromMilliseconds(10) }));
        Assert.Contains("--site is 'No Site'", Refusal(usual with { Site = "No Site" }));
    }

    private static string Refusal(LoadOptions options) => Assert.Throws<SimulatorException>(options.Checked).Message;

    private static LoadOptions Options(int devices, double rate, int connections) =>
        new() { Devices = devices, Rate = rate, Duration = TimeSpan.FromSeconds(10), Connections = connections };
}
