using SmartFarm.Mqtt;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Session_acknowledges
{
    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V5)]
    public async Task In_order_of_arrival_whatever_the_order_of_completion(MqttVersion version)
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(version), receiver);
        using var connection = await broker.AcceptReadyAsync(version);
        ushort[] ids = [11, 5, 9];
        foreach (var id in ids)
        {
            await connection.PublishAsync(id, version: version);
        }

        var messages = new[] { await receiver.NextAsync(), await receiver.NextAsync(), await receiver.NextAsync() };
        session.Acknowledge(messages[2].Ticket);
        session.Acknowledge(messages[1].Ticket);
        session.Acknowledge(messages[0].Ticket);

        Assert.Equal("4002000B", await connection.ReadHexAsync());
        Assert.Equal("40020005", await connection.ReadHexAsync());
        Assert.Equal("40020009", await connection.ReadHexAsync());
    }

    [Fact]
    public async Task Nothing_of_an_earlier_connection()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(), receiver);
        AckTicket late;
        using (var first = await broker.AcceptReadyAsync())
        {
            await first.PublishAsync(7);
            late = (await receiver.NextAsync()).Ticket;
        }

        using var second = await broker.AcceptReadyAsync();
        await second.PublishAsync(8);
        await second.PublishAsync(7);
        var (eight, seven) = (await receiver.NextAsync(), await receiver.NextAsync());
        Assert.Equal(late.Sequence, eight.Ticket.Sequence);
        session.Acknowledge(late);
        session.Acknowledge(seven.Ticket);
        await session.StopAsync(CancellationToken.None);

        Assert.Equal(["E000"], await second.ReadToEndAsync());
    }

    [Fact]
    public async Task Twice_marked_messages_once()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(), receiver);
        using var connection = await broker.AcceptReadyAsync();
        await connection.PublishAsync(1);
        await connection.PublishAsync(2);
        var (one, two) = (await receiver.NextAsync(), await receiver.NextAsync());
        session.Acknowledge(one.Ticket);
        session.Acknowledge(one.Ticket);
        session.Acknowledge(default);
        session.Acknowledge(two.Ticket);
        await session.StopAsync(CancellationToken.None);

        Assert.Equal(["40020001", "40020002", "E000"], await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task What_is_due_before_it_says_goodbye()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options(), receiver);
        using var connection = await broker.AcceptReadyAsync();
        await connection.PublishAsync(1);
        await connection.PublishAsync(2);
        var first = await receiver.NextAsync();
        await receiver.NextAsync();
        session.Acknowledge(first.Ticket);
        await session.StopAsync(CancellationToken.None);

        Assert.Equal(["40020001", "E000"], await connection.ReadToEndAsync());
        Assert.Equal(MqttSessionState.Stopped, session.Status.State);
    }

    [Fact]
    public async Task A_message_that_its_receiver_choked_on_never_while_the_feed_goes_on()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver { Poison = "bad" };
        await using var session = Sessions.Start(broker.Options(), receiver);
        using var connection = await broker.AcceptReadyAsync();
        await connection.PublishAsync(1, payload: "bad");
        await connection.PublishAsync(2, payload: "good");
        session.Acknowledge((await receiver.NextAsync()).Ticket);
        await session.StopAsync(CancellationToken.None);

        Assert.Equal(["E000"], await connection.ReadToEndAsync());
        Assert.Equal(1, session.Counters.ReceiverFaults);
    }
}
