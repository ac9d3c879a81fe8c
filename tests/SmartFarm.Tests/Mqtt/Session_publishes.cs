using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Session_publishes
{
    private const string ForgottenSession = "20 03 00 00 00";

    [Fact]
    public async Task Again_after_a_reconnect_in_order_and_marked_as_duplicates()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        Task[] published;
        using (var first = await broker.AcceptReadyAsync())
        {
            published = [Publish(session, "a"), Publish(session, "b"), Publish(session, "c")];
            Assert.Equal("3206" + "000161" + "0002" + "00", await first.ReadHexAsync());
            Assert.Equal("3206" + "000162" + "0003" + "00", await first.ReadHexAsync());
            Assert.Equal("3206" + "000163" + "0004" + "00", await first.ReadHexAsync());
            await first.SendAsync("40 02 0003");
            await published[1].WaitAsync(FakeConnection.Patience);
        }

        using var second = await broker.AcceptReadyAsync();
        Assert.Equal("3A06" + "000161" + "0002" + "00", await second.ReadHexAsync());
        Assert.Equal("3A06" + "000163" + "0004" + "00", await second.ReadHexAsync());
        await second.SendAsync("40 02 0002 40 02 0004");
        await Task.WhenAll(published).WaitAsync(FakeConnection.Patience);
        Assert.Equal(3, session.Counters.Published);
    }

    [Fact]
    public async Task Again_as_new_to_a_broker_that_has_forgotten_the_session()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        Task published;
        using (var first = await broker.AcceptReadyAsync())
        {
            published = Publish(session, "a");
            await first.ReadPacketAsync();
        }

        using var second = await broker.AcceptReadyAsync(connAck: ForgottenSession);
        var again = await second.ReadPacketAsync();
        Assert.Equal(0x32, again[0]);
        await second.AcknowledgeAsync(again);
        await published.WaitAsync(FakeConnection.Patience);
    }

    [Fact]
    public async Task No_more_at_once_than_the_broker_takes()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        using var connection = await broker.AcceptReadyAsync(connAck: "20 06 01 00 03 21 0001");
        var (one, two) = (Publish(session, "a"), Publish(session, "b"));
        var first = await connection.ReadPacketAsync();
        Assert.False(two.IsCompleted);
        await connection.AcknowledgeAsync(first);
        await one.WaitAsync(FakeConnection.Patience);
        var second = await connection.ReadPacketAsync();
        Assert.Equal((byte)'b', second[4]);
        await connection.AcknowledgeAsync(second);
        await two.WaitAsync(FakeConnection.Patience);
    }

    [Theory]
    [InlineData("24 00", ReasonCode.QosNotSupported)]
    [InlineData("25 00", ReasonCode.RetainNotSupported)]
    [InlineData("27 00000020", ReasonCode.PacketTooLarge)]
    public async Task Not_what_the_broker_has_said_it_does_not_take(string property, byte code)
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        var bytes = Hex.Decode(property);
        using var connection = await broker.AcceptReadyAsync(connAck: $"20 {3 + bytes.Length:X2} 01 00 {bytes.Length:X2} {property}");
        var message = new MqttMessage("a", new byte[100]) { Retain = true };
        var refused = await Assert.ThrowsAsync<MqttPublishException>(() => session.PublishAsync(message, CancellationToken.None).AsTask().WaitAsync(FakeConnection.Patience));
        Assert.Equal(code, refused.ReasonCode);
    }

    [Fact]
    public async Task And_tells_the_caller_when_the_broker_refuses()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        using var connection = await broker.AcceptReadyAsync();
        var published = Publish(session, "a");
        var packet = await connection.ReadPacketAsync();
        await connection.AcknowledgeAsync(packet, ReasonCode.NotAuthorized);
        var refused = await Assert.ThrowsAsync<MqttPublishException>(() => published.WaitAsync(FakeConnection.Patience));
        Assert.Equal(ReasonCode.NotAuthorized, refused.ReasonCode);
    }

    [Fact]
    public async Task Never_a_message_that_has_expired()
    {
        await using var broker = new FakeBroker();
        var time = new TestTimeProvider();
        await using var session = Sessions.Start(broker.Options(), time: time);
        var expiring = session.PublishAsync(new MqttMessage("old", default) { Expiry = TimeSpan.FromSeconds(30) }, CancellationToken.None).AsTask();
        var lasting = session.PublishAsync(new MqttMessage("new", default) { Expiry = TimeSpan.FromSeconds(90) }, CancellationToken.None).AsTask();
        using var connection = await broker.AcceptAsync();
        await connection.ReadPacketAsync();
        var waiting = session.WaitForAsync(MqttSessionState.Waiting);
        time.Advance(TimeSpan.FromSeconds(31));
        var expired = await Assert.ThrowsAsync<MqttPublishException>(() => expiring.WaitAsync(FakeConnection.Patience));
        Assert.Equal(0, expired.ReasonCode);

        // The silence of 31 s was longer than the session waits for an answer; it is asked again.
        await waiting;
        time.Advance(TimeSpan.FromSeconds(1));
        using var again = await broker.AcceptReadyAsync();
        Assert.Equal("320D" + "00036E6577" + "0002" + "05" + "020000003A", await again.ReadHexAsync());
        await again.SendAsync("40 02 0002");
        await lasting.WaitAsync(FakeConnection.Patience);
    }

    [Fact]
    public async Task From_many_threads_without_mixing_bytes()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        using var connection = await broker.AcceptReadyAsync();
        var publishing = Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await session.PublishAsync(new MqttMessage($"t{thread}", new byte[i]) { Qos = (byte)(i & 1) }, CancellationToken.None);
            }
        })));
        var next = new int[8];
        for (var i = 0; i < 8 * 200; i++)
        {
            var packet = await connection.ReadPacketAsync();
            var bytes = new System.Buffers.ReadOnlySequence<byte>(packet);
            using var reader = new PacketReader(1000, Oversize.Refuse);
            Assert.Equal(ReadStatus.Packet, reader.Read(ref bytes, out var frame, out _));
            Assert.True(PublishPacket.TryRead(frame, MqttVersion.V5, out var publish, out _));
            Assert.Equal(next[publish.Topic[1] - '0']++, publish.Payload.Length);
            if (publish.Qos > 0)
            {
                await connection.SendAsync($"4002{publish.PacketId:X4}");
            }
        }

        await publishing.WaitAsync(FakeConnection.Patience);
    }

    [Fact]
    public async Task Ignoring_an_acknowledgement_that_belongs_to_nothing()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        using var connection = await broker.AcceptReadyAsync();
        await connection.SendAsync("40 02 0063");
        var published = Publish(session, "a");
        var packet = await connection.ReadPacketAsync();
        await connection.AcknowledgeAsync(packet);
        await published.WaitAsync(FakeConnection.Patience);
        Assert.Equal(1, session.Counters.Unexpected);
    }

    private static Task Publish(MqttSession session, string topic) =>
        session.PublishAsync(new MqttMessage(topic, default), CancellationToken.None).AsTask();
}
