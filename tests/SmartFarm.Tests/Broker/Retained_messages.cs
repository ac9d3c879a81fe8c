using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>RETAIN, Retain Handling, Retain As Published: MQTT 5 §3.3.1.3, §3.8.3.1.</summary>
public sealed class Retained_messages
{
    private const byte AsPublished = 8, OnlyIfNew = 0x10, NotAtAll = 0x20;

    [Fact]
    public async Task A_later_subscriber_gets_the_last_one_marked_as_retained()
    {
        await using var host = await BrokerHost.StartAsync();
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("farm/a/status", "offline", retain: true);
        await publisher.PublishAsync("farm/a/status", "online", retain: true);
        await publisher.PublishAsync("farm/b/status", "online", retain: true);
        using var subscriber = await host.ConnectAsync("s");
        await subscriber.SubscribeAsync("farm/+/status");
        var got = new[] { await subscriber.ExpectMessageAsync(), await subscriber.ExpectMessageAsync() };
        Assert.Equal([("farm/a/status", "online", true), ("farm/b/status", "online", true)], got.Select(m => (m.Topic, m.Payload, m.Retain)).Order());
        await subscriber.ExpectNothingAsync();
        Assert.Equal(2, host.Statistics.RetainedMessages);
    }

    [Fact]
    public async Task An_empty_payload_takes_it_away()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.PublishAsync("t", "x", retain: true);
        await client.PublishAsync("t", "", retain: true);
        await client.SubscribeAsync("t");
        await client.ExpectNothingAsync();
        Assert.Equal((0, 0L), (host.Statistics.RetainedMessages, host.Statistics.RetainedBytes));
    }

    [Fact]
    public async Task A_current_subscriber_sees_the_flag_only_if_it_asked_for_it()
    {
        await using var host = await BrokerHost.StartAsync();
        using var plain = await host.ConnectAsync("plain");
        await plain.SubscribeAsync("t");
        using var bridge = await host.ConnectAsync("bridge");
        await bridge.SubscribeAsync("t", 1 | AsPublished);
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("t", "x", retain: true);
        Assert.False((await plain.ExpectMessageAsync()).Retain);
        Assert.True((await bridge.ExpectMessageAsync()).Retain);
    }

    [Fact]
    public async Task Retain_handling_0_sends_at_every_subscribe()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.PublishAsync("t", "x", retain: true);
        await client.SubscribeAsync("t");
        await client.ExpectMessageAsync("t");
        await client.SubscribeAsync("t");
        await client.ExpectMessageAsync("t");
    }

    [Fact]
    public async Task Retain_handling_1_sends_only_for_a_new_subscription()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.PublishAsync("t", "x", retain: true);
        await client.SubscribeAsync("t", 1 | OnlyIfNew);
        await client.ExpectMessageAsync("t");
        await client.SubscribeAsync("t", 1 | OnlyIfNew);
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task Retain_handling_2_sends_none()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.PublishAsync("t", "x", retain: true);
        await client.SubscribeAsync("t", 1 | NotAtAll);
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_answer_to_the_subscription_comes_before_them()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        for (var i = 0; i < 100; i++)
        {
            await client.PublishAsync($"t/{i}", "x", retain: true);
        }

        await client.SendSubscribeAsync("t/#");
        await client.ExpectAsync(PacketType.SubAck);
        for (var i = 0; i < 100; i++)
        {
            await client.ExpectMessageAsync();
        }
    }

    [Fact]
    public async Task A_filter_named_twice_in_one_packet_gets_them_once()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.PublishAsync("r", "1", retain: true);
        await client.SubscribeToAllAsync("r", "r", "r");
        await client.ExpectMessageAsync("r");
        await client.ExpectNothingAsync();
    }
}
