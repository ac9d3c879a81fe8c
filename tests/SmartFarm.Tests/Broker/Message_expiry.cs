using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Message Expiry Interval: [MQTT-3.3.2-5], [MQTT-3.3.2-6].</summary>
public sealed class Message_expiry
{
    private static PropertyBuffer Seconds(uint seconds) => new PropertyBuffer().Add(PropertyId.MessageExpiryInterval, seconds);

    [Fact]
    public async Task What_has_expired_in_the_queue_is_never_sent_and_the_rest_carries_the_time_left()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c", connecting: Connecting.Kept());
        await first.SubscribeAsync("cmd");
        await host.VanishAsync(first);
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("cmd", "short", properties: Seconds(10));
        await publisher.PublishAsync("cmd", "long", properties: Seconds(100));
        await publisher.PublishAsync("cmd", "for ever");
        host.Time.Advance(TimeSpan.FromSeconds(30));
        using var second = await host.ConnectAsync("c", connecting: Connecting.Kept());
        var message = await second.ExpectMessageAsync("cmd");
        Assert.Equal(("long", 70u), (message.Payload, message.Number(PropertyId.MessageExpiryInterval)));
        Assert.Null((await second.ExpectMessageAsync("cmd")).Number(PropertyId.MessageExpiryInterval));
        Assert.Equal(1, host.Statistics.Dropped[MqttDropReason.Expired]);
    }

    [Fact]
    public async Task A_retained_message_expires_too()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.PublishAsync("t", "x", retain: true, properties: Seconds(10));
        host.Time.Advance(TimeSpan.FromSeconds(4));
        await client.SubscribeAsync("t");
        Assert.Equal(6u, (await client.ExpectMessageAsync("t")).Number(PropertyId.MessageExpiryInterval));
        host.Time.Advance(TimeSpan.FromSeconds(7));
        await client.SubscribeAsync("t");
        await client.ExpectNothingAsync();
        Assert.Equal(0, host.Statistics.RetainedMessages);
    }

    [Fact]
    public async Task Expired_messages_make_room_in_a_full_queue()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxQueuedMessages = 2 });
        using var first = await host.ConnectAsync("c", connecting: Connecting.Kept());
        await first.SubscribeAsync("t");
        await host.VanishAsync(first);
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("t", "1", properties: Seconds(10));
        await publisher.PublishAsync("t", "2");
        host.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(ReasonCode.Success, (await publisher.PublishAsync("t", "3")).Code);
        Assert.Equal(ReasonCode.QuotaExceeded, (await publisher.PublishAsync("t", "4")).Code);
        using var second = await host.ConnectAsync("c", connecting: Connecting.Kept());
        Assert.Equal("2", (await second.ExpectMessageAsync("t")).Payload);
        Assert.Equal("3", (await second.ExpectMessageAsync("t")).Payload);
    }

    [Fact]
    public async Task What_has_expired_for_an_offline_session_gives_its_room_back_at_once()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", connecting: Connecting.Kept());
        await client.SubscribeAsync("t");
        await host.VanishAsync(client);
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("t", "1", properties: new PropertyBuffer().Add(PropertyId.MessageExpiryInterval, 5));
        host.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((0L, 1L), (host.Statistics.QueuedBytes, host.Statistics.Dropped[MqttDropReason.Expired]));
    }
}
