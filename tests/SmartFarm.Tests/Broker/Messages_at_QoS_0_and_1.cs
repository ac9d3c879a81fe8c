using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>PUBLISH and PUBACK: MQTT 5 §3.3, §3.4, §4.3, §4.6.</summary>
public sealed class Messages_at_QoS_0_and_1
{
    [Theory]
    [InlineData(MqttVersion.V311, MqttVersion.V311)]
    [InlineData(MqttVersion.V311, MqttVersion.V5)]
    [InlineData(MqttVersion.V5, MqttVersion.V311)]
    [InlineData(MqttVersion.V5, MqttVersion.V5)]
    public async Task A_message_goes_from_any_edition_to_any(MqttVersion from, MqttVersion to)
    {
        await using var host = await BrokerHost.StartAsync();
        using var subscriber = await host.ConnectAsync("s", to);
        await subscriber.SubscribeAsync("farm/+/telemetry");
        using var publisher = await host.ConnectAsync("p", from);
        Assert.Equal(ReasonCode.Success, (await publisher.PublishAsync("farm/a/telemetry", "one")).Code);
        await publisher.SendPublishAsync("farm/b/telemetry", "two");
        var one = await subscriber.ExpectMessageAsync("farm/a/telemetry");
        Assert.Equal(("one", 1, false, false), (one.Payload, one.Qos, one.Retain, one.Duplicate));
        var two = await subscriber.ExpectMessageAsync("farm/b/telemetry");
        Assert.Equal(("two", 0), (two.Payload, two.Qos));
        Assert.Equal((2, 2), (host.Statistics.MessagesIn, host.Statistics.MessagesOut));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 2, 1)]
    public async Task The_lower_QoS_counts_and_2_is_granted_as_1(byte published, byte asked, byte seen)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        Assert.Equal(Math.Min(asked, (byte)1), (await client.SubscribeAsync("t", asked)).Code);
        await client.SendPublishAsync("t", "x", published);
        var packet = await client.ReceiveAsync();
        packet = packet!.Type == PacketType.PubAck ? await client.ReceiveAsync() : packet;
        Assert.Equal(seen, packet!.Qos);
    }

    [Fact]
    public async Task A_publisher_hears_when_nobody_listens()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await client.PublishAsync("nobody", "x")).Code);
        using var old = await host.ConnectAsync("d", MqttVersion.V311);
        Assert.Equal(ReasonCode.Success, (await old.PublishAsync("nobody", "x")).Code);
    }

    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task QoS_2_ends_the_connection_with_a_reason(MqttVersion version)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", version);
        await client.SendPublishAsync("t", "x", qos: 2);
        Assert.Equal(version == MqttVersion.V5 ? ReasonCode.QosNotSupported : null, await client.ExpectCloseAsync());
        Assert.Contains("QoS 2", Assert.Single(host.ProtocolErrors).Reason);
    }

    [Fact]
    public async Task Topics_of_the_server_are_refused_and_the_feed_goes_on()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        Assert.Equal(ReasonCode.TopicNameInvalid, (await client.PublishAsync("$SYS/x", "x")).Code);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await client.PublishAsync("x", "x")).Code);
        Assert.Equal(1, host.Statistics.Dropped[MqttDropReason.TopicRefused]);
    }

    [Fact]
    public async Task Properties_travel_unchanged_and_in_order()
    {
        await using var host = await BrokerHost.StartAsync();
        using var subscriber = await host.ConnectAsync("s");
        await subscriber.SubscribeAsync("cmd", id: 9);
        using var publisher = await host.ConnectAsync("p");
        var properties = new PropertyBuffer()
            .AddUser("a"u8, "1"u8)
            .Add(PropertyId.ResponseTopic, "reply/here")
            .Add(PropertyId.MessageExpiryInterval, 60)
            .Add(PropertyId.CorrelationData, "id-7")
            .Add(PropertyId.ContentType, "application/json")
            .Add(PropertyId.PayloadFormatIndicator, 1)
            .AddUser("a"u8, "2"u8);
        await publisher.PublishAsync("cmd", "open", properties: properties);
        var message = await subscriber.ExpectMessageAsync("cmd");
        Assert.Equal(
            [
                (PropertyId.UserProperty, 1, "a", "1"),
                (PropertyId.ResponseTopic, 1, "reply/here", ""),
                (PropertyId.CorrelationData, 1, "id-7", ""),
                (PropertyId.ContentType, 1, "application/json", ""),
                (PropertyId.PayloadFormatIndicator, 1, "", ""),
                (PropertyId.UserProperty, 1, "a", "2"),
                (PropertyId.MessageExpiryInterval, 60, "", ""),
                (PropertyId.SubscriptionIdentifier, 9, "", ""),
            ],
            message.Properties);
    }

    [Fact]
    public async Task No_more_messages_are_under_way_than_the_client_takes()
    {
        await using var host = await BrokerHost.StartAsync();
        using var subscriber = await host.ConnectAsync("s", connecting: new Connecting { Properties = new PropertyBuffer().Add(PropertyId.ReceiveMaximum, 2) });
        await subscriber.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 4; i++)
        {
            await publisher.PublishAsync("t", $"{i}");
        }

        var first = await subscriber.ExpectAsync(PacketType.Publish);
        var second = await subscriber.ExpectAsync(PacketType.Publish);
        await subscriber.PingAsync();
        await subscriber.ExpectAsync(PacketType.PingResp);
        Assert.Equal(2, host.Statistics.MessagesOut);
        await subscriber.AcknowledgeAsync(second);
        Assert.Equal("3", (await subscriber.ExpectAsync(PacketType.Publish)).Payload);
        await subscriber.AcknowledgeAsync(first);
        Assert.Equal("4", (await subscriber.ExpectAsync(PacketType.Publish)).Payload);
    }

    [Fact]
    public async Task A_thousand_messages_arrive_once_and_in_order()
    {
        await using var host = await BrokerHost.StartAsync();
        using var subscriber = await host.ConnectAsync("s");
        await subscriber.SubscribeAsync("t/#");
        using var publisher = await host.ConnectAsync("p");
        var publishing = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await publisher.PublishAsync("t/x", $"{i}", id: (ushort)(i + 1));
            }
        });
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal($"{i}", (await subscriber.ExpectMessageAsync()).Payload);
        }

        await publishing;
        await subscriber.ExpectNothingAsync();
    }

    [Fact]
    public async Task Eight_publishers_at_full_speed_reach_one_subscriber_without_loss()
    {
        const int Publishers = 8, Each = 5000;
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxQueuedMessages = 500, MaxInFlight = 100 });
        using var subscriber = await host.ConnectAsync("s");
        await subscriber.SubscribeAsync("t/+");
        var publishing = Enumerable.Range(0, Publishers).Select(p => Task.Run(async () =>
        {
            using var publisher = await host.ConnectAsync($"p{p}");
            var sending = Task.Run(async () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    await publisher.SendPublishAsync($"t/{p}", $"{i}", qos: 1, id: (ushort)(i + 1));
                }
            });
            for (var i = 0; i < Each; i++)
            {
                Assert.Equal((i + 1, ReasonCode.Success), (await publisher.ExpectAsync(PacketType.PubAck)) is var ack ? (ack.PacketId, ack.Code) : default);
            }

            await sending;
        })).ToArray();
        var next = new int[Publishers];
        for (var i = 0; i < Publishers * Each; i++)
        {
            var message = await subscriber.ExpectMessageAsync();
            var publisher = message.Topic[^1] - '0';
            Assert.Equal($"{next[publisher]++}", message.Payload);
        }

        await Task.WhenAll(publishing);
    }
}
