using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Every limit of <see cref="MqttBrokerOptions"/>: what happens there, and that it is counted.</summary>
public sealed class Limits_of_the_broker
{
    [Fact]
    public async Task A_packet_that_is_too_large_ends_the_connection_before_it_has_arrived()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxPacketSize = 1000 });
        using var client = await host.ConnectAsync("c");
        await client.SendBytesAsync(new byte[] { 0x32, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, (byte)'t' });
        Assert.Equal(ReasonCode.PacketTooLarge, await client.ExpectCloseAsync());
        var error = Assert.Single(host.ProtocolErrors);
        Assert.Equal("c", error.ClientId);
        Assert.Equal([0x32, 0xFF, 0xFF], error.Bytes[..3]);
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_at_once()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxConnections = 2 });
        using var first = await host.ConnectAsync("1");
        using var second = await host.ConnectAsync("2");
        using var third = await host.OpenAsync();
        Assert.Null(await third.ReceiveAsync());
        Assert.Equal((2, 1), (host.Statistics.Connections, host.Statistics.ConnectionsOverLimit));
        await host.VanishAsync(first);
        using var fourth = await host.ConnectAsync("4");
    }

    [Fact]
    public async Task One_session_too_many_is_refused()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxSessions = 1 });
        using var first = await host.ConnectAsync("1", connecting: Connecting.Kept());
        await host.VanishAsync(first);
        using var second = await host.OpenAsync();
        Assert.Equal(ReasonCode.QuotaExceeded, (await second.ConnectAsync("2", new Connecting())).Code);
        using var old = await host.OpenAsync(MqttVersion.V311);
        Assert.Equal(ReasonCode.ServerUnavailable, (await old.ConnectAsync("3", new Connecting())).Code);
        using var again = await host.ConnectAsync("1", connecting: Connecting.Kept());
    }

    [Fact]
    public async Task One_subscription_too_many_is_refused()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxSubscriptionsPerSession = 1 });
        using var client = await host.ConnectAsync("c");
        await client.SubscribeAsync("a");
        Assert.Equal(ReasonCode.QuotaExceeded, (await client.SubscribeAsync("b")).Code);
        Assert.Equal((byte)0, (await client.SubscribeAsync("a", 0)).Code);
    }

    [Fact]
    public async Task Topics_and_filters_that_are_too_deep_are_refused()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxTopicLevels = 3 });
        using var client = await host.ConnectAsync("c");
        Assert.Equal(ReasonCode.TopicFilterInvalid, (await client.SubscribeAsync("a/b/c/#")).Code);
        Assert.Equal(ReasonCode.TopicNameInvalid, (await client.PublishAsync("a/b/c/d", "x")).Code);
        Assert.Equal(1, host.Statistics.Dropped[MqttDropReason.TopicRefused]);
    }

    [Fact]
    public async Task Topics_and_filters_that_are_too_long_are_refused()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxTopicBytes = 10 });
        using var client = await host.ConnectAsync("c");
        Assert.Equal((byte)1, (await client.SubscribeAsync(new string('a', 10))).Code);
        Assert.Equal(ReasonCode.TopicFilterInvalid, (await client.SubscribeAsync(new string('a', 11))).Code);
        Assert.Equal(ReasonCode.TopicNameInvalid, (await client.PublishAsync(new string('a', 11), "x")).Code);
        Assert.Equal((1, 1), (host.Statistics.Subscriptions, host.Statistics.Dropped[MqttDropReason.TopicRefused]));
        using var other = await host.OpenAsync();
        Assert.Equal(ReasonCode.TopicNameInvalid, (await other.ConnectAsync("o", new Connecting { WillTopic = new string('a', 11) })).Code);
    }

    [Fact]
    public async Task A_packet_with_more_filters_than_a_session_may_have_is_refused_as_a_whole()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxSubscriptionsPerSession = 2 });
        using var client = await host.ConnectAsync("c");
        await client.SubscribeToAllAsync("#", "#", "#");
        Assert.Equal(0, host.Statistics.Subscriptions);
        await client.SubscribeToAllAsync("#", "#");
        Assert.Equal(1, host.Statistics.Subscriptions);
    }

    [Fact]
    public async Task When_all_queues_together_are_full_nobody_waits_for_an_online_subscriber()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxQueuedBytesInAll = 400 });
        using var offline = await host.ConnectAsync("offline", connecting: Connecting.Kept());
        await offline.SubscribeAsync("a");
        await host.VanishAsync(offline);
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 3; i++)
        {
            await publisher.PublishAsync("a", $"{i}");
        }

        using var online = await host.ConnectAsync("online");
        await online.SubscribeAsync("b");
        Assert.Equal(ReasonCode.QuotaExceeded, (await publisher.PublishAsync("b", "x")).Code);
        Assert.Equal((0L, 1L), (host.Statistics.PublisherWaits, host.Statistics.Dropped[MqttDropReason.NoRoomInAll]));
    }

    [Fact]
    public async Task Nobody_waits_with_a_message_that_is_larger_than_a_queue()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxQueuedBytes = 200 });
        using var subscriber = await host.ConnectAsync("s");
        await subscriber.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        Assert.Equal(ReasonCode.QuotaExceeded, (await publisher.PublishAsync("t", new string('x', 200))).Code);
        Assert.Equal(ReasonCode.Success, (await publisher.PublishAsync("t", "small")).Code);
    }

    [Theory]
    [InlineData(2, 1_000_000)]
    [InlineData(1000, 300)]
    public async Task A_full_store_of_retained_messages_delivers_but_does_not_keep(int messages, long bytes)
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxRetainedMessages = messages, MaxRetainedBytes = bytes });
        using var client = await host.ConnectAsync("c");
        await client.PublishAsync("a", "1", retain: true);
        await client.PublishAsync("b", "1", retain: true);
        Assert.Equal(ReasonCode.QuotaExceeded, (await client.PublishAsync("c", "1", retain: true)).Code);
        Assert.Equal(ReasonCode.Success, (await client.PublishAsync("a", "2", retain: true)).Code);
        Assert.Equal((2, 1L), (host.Statistics.RetainedMessages, host.Statistics.Dropped[MqttDropReason.NotRetained]));
    }

    [Theory]
    [InlineData(3, 1_000_000, 1_000_000)]
    [InlineData(1000, 400, 1_000_000)]
    [InlineData(1000, 1_000_000, 400)]
    public async Task The_full_queue_of_an_offline_session_keeps_what_it_has_and_refuses_what_comes(int messages, long bytes, long bytesInAll)
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxQueuedMessages = messages, MaxQueuedBytes = bytes, MaxQueuedBytesInAll = bytesInAll });
        using var first = await host.ConnectAsync("c", connecting: Connecting.Kept());
        await first.SubscribeAsync("t");
        await host.VanishAsync(first);
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(ReasonCode.Success, (await publisher.PublishAsync("t", $"{i}")).Code);
        }

        Assert.Equal(ReasonCode.QuotaExceeded, (await publisher.PublishAsync("t", "4")).Code);
        using var old = await host.ConnectAsync("o", MqttVersion.V311);
        await old.PublishAsync("t", "5");
        Assert.Equal(2, host.Statistics.Dropped[MqttDropReason.OfflineFull]);
        using var second = await host.ConnectAsync("c", connecting: Connecting.Kept());
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal($"{i}", (await second.ExpectMessageAsync("t")).Payload);
        }

        await host.UntilAsync(s => s.QueuedBytes == 0);
    }

    [Fact]
    public async Task A_will_that_does_not_fit_is_refused_and_room_comes_back()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxWillBytes = 200 });
        var will = new Connecting { WillTopic = "w" };
        using var first = await host.ConnectAsync("1", connecting: will);
        using var second = await host.OpenAsync();
        Assert.Equal(ReasonCode.QuotaExceeded, (await second.ConnectAsync("2", will)).Code);
        Assert.Equal(1, host.Statistics.Sessions);
        await first.DisconnectAsync();
        await host.UntilAsync(s => s.Sessions == 0);
        using var third = await host.ConnectAsync("3", connecting: will);
    }

    [Fact]
    public async Task A_message_larger_than_the_subscriber_takes_is_left_out_for_it()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", connecting: new Connecting { Properties = new PropertyBuffer().Add(PropertyId.MaximumPacketSize, 100) });
        await client.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("t", new string('x', 200));
        await publisher.PublishAsync("t", "small");
        Assert.Equal("small", (await client.ExpectMessageAsync("t")).Payload);
        Assert.Equal(1, host.Statistics.Dropped[MqttDropReason.TooLargeForClient]);
    }
}
