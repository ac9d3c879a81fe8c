using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>SUBSCRIBE and UNSUBSCRIBE: MQTT 5 §3.8 to §3.11.</summary>
public sealed class Subscriptions
{
    private const byte NoLocal = 4;

    [Fact]
    public async Task Overlapping_ones_give_one_copy_at_the_highest_QoS_with_all_identifiers()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.SubscribeAsync("a/#", 0, id: 1);
        await client.SubscribeAsync("a/+", 1, id: 2);
        await client.SubscribeAsync("a/b", 0);
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("a/b", "x");
        var message = await client.ExpectMessageAsync("a/b");
        Assert.Equal(1, message.Qos);
        Assert.Equal([1u, 2u], message.Properties.Select(p => p.Number).Order());
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_second_one_for_the_same_filter_replaces_the_first()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.SubscribeAsync("t", 1);
        await client.SubscribeAsync("t", 0);
        Assert.Equal(1, host.Statistics.Subscriptions);
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("t", "x");
        Assert.Equal(0, (await client.ExpectMessageAsync("t")).Qos);
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task No_local_leaves_out_what_the_client_itself_publishes()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.SubscribeAsync("t", 1 | NoLocal);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await client.PublishAsync("t", "mine")).Code);
        using var other = await host.ConnectAsync("o");
        await other.PublishAsync("t", "yours");
        Assert.Equal("yours", (await client.ExpectMessageAsync("t")).Payload);
    }

    [Theory]
    [InlineData("a/#/b", ReasonCode.TopicFilterInvalid)]
    [InlineData("a#", ReasonCode.TopicFilterInvalid)]
    [InlineData("a+/b", ReasonCode.TopicFilterInvalid)]
    [InlineData("$share/g/t", ReasonCode.SharedSubscriptionsNotSupported)]
    public async Task Filters_that_cannot_be_are_refused_one_by_one(string filter, byte code)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        Assert.Equal(code, (await client.SubscribeAsync(filter)).Code);
        using var old = await host.ConnectAsync("o", MqttVersion.V311);
        Assert.Equal((byte)0x80, (await old.SubscribeAsync(filter)).Code);
        Assert.Equal(0, host.Statistics.Subscriptions);
    }

    [Fact]
    public async Task Unsubscribing_ends_it()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.SubscribeAsync("t");
        Assert.Equal(ReasonCode.Success, (await client.UnsubscribeAsync("t")).Code);
        Assert.Equal(ReasonCode.NoSubscriptionExisted, (await client.UnsubscribeAsync("t")).Code);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await client.PublishAsync("t", "x")).Code);
    }
}
