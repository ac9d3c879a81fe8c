using SmartFarm.Mqtt;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Session_receives
{
    [Fact]
    public async Task A_batch_with_one_flush_for_many_messages()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(), receiver);
        using var connection = await broker.AcceptReadyAsync();
        await connection.SendAsync(Enumerable.Range(1, 500).SelectMany(i => FakeConnection.Publish((ushort)i)).ToArray());
        for (var i = 1; i <= 500; i++)
        {
            session.Acknowledge((await receiver.NextAsync()).Ticket);
        }

        for (var i = 1; i <= 500; i++)
        {
            Assert.Equal($"4002{i:X4}", await connection.ReadHexAsync());
        }

        Assert.InRange(receiver.Flushes, 1, 50);
    }

    [Fact]
    public async Task The_start_of_an_oversized_message_and_what_follows_it()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options() with { MaxPacketSize = 70_000 }, receiver);
        using var connection = await broker.AcceptReadyAsync();
        await connection.PublishAsync(1, payload: new string('y', 3_000_000));
        await connection.PublishAsync(2);
        var (large, next) = (await receiver.NextAsync(), await receiver.NextAsync());
        session.Acknowledge(large.Ticket);
        session.Acknowledge(next.Ticket);

        Assert.Equal("farm/a", large.Topic);
        Assert.Equal(3_000_000, large.OversizeBytes);
        Assert.InRange(large.Payload.Length, 69_900, 70_000);
        Assert.Equal("x", next.Payload);
        Assert.Equal("40020001", await connection.ReadHexAsync());
        Assert.Equal("40020002", await connection.ReadHexAsync());
        Assert.Equal(1, session.Counters.Oversized);
    }

    [Fact]
    public async Task A_topic_with_a_wildcard_as_a_message_so_that_it_can_be_put_aside()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(), receiver);
        using var connection = await broker.AcceptReadyAsync();
        await connection.PublishAsync(1, topic: "farm/+/\n");
        session.Acknowledge((await receiver.NextAsync()).Ticket);

        Assert.Equal("40020001", await connection.ReadHexAsync());
    }

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V5)]
    public async Task Nothing_further_while_Receive_Maximum_is_unacknowledged(MqttVersion version)
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(version) with { ReceiveMaximum = 2 }, receiver);
        using var connection = await broker.AcceptReadyAsync(version);
        await connection.SendAsync(Enumerable.Range(1, 3).SelectMany(i => FakeConnection.Publish((ushort)i, version: version)).ToArray());
        var (one, two) = (await receiver.NextAsync(), await receiver.NextAsync());
        session.Acknowledge(two.Ticket);
        Assert.False(receiver.HasMore);
        session.Acknowledge(one.Ticket);

        Assert.Equal("40020001", await connection.ReadHexAsync());
        Assert.Equal("40020002", await connection.ReadHexAsync());
        session.Acknowledge((await receiver.NextAsync()).Ticket);
        Assert.Equal("40020003", await connection.ReadHexAsync());
    }

    [Theory]
    [InlineData("34 07 0001 61 0001 00 78", "E00182")]
    [InlineData("32 09 0001 61 0001 03 230001", "E00194")]
    [InlineData("32 06 0001 FF 0001 00", "E00181")]
    [InlineData("20 03 00 00 00", "E00182")]
    [InlineData("F0 02 18 00", "E00182")]
    [InlineData("C0 00", "E00182")]
    public async Task What_is_no_MQTT_as_a_protocol_error_and_connects_again(string hex, string goodbye)
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(), receiver);
        using (var connection = await broker.AcceptReadyAsync())
        {
            await connection.SendAsync(hex);
            Assert.Equal([goodbye], await connection.ReadToEndAsync());
        }

        Assert.NotEmpty(await receiver.NextErrorAsync());
        using var again = await broker.AcceptReadyAsync();
        await again.PublishAsync(1);
        await receiver.NextAsync();
        Assert.Equal(1, session.Counters.ProtocolErrors);
    }

    [Fact]
    public async Task Nothing_of_a_message_that_the_connection_broke_in()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(), receiver);
        Task<MqttSessionStatus> waiting;
        using (var connection = await broker.AcceptReadyAsync())
        {
            await session.WhenReadyAsync(CancellationToken.None).WaitAsync(FakeConnection.Patience);
            waiting = session.WaitForAsync(MqttSessionState.Waiting);
            await connection.SendAsync(FakeConnection.Publish(1).AsMemory()[..^1]);
        }

        Assert.Contains("inside a packet", (await waiting).Reason);
        Assert.False(receiver.HasMore);
    }
}
