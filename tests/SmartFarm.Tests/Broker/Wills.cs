using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Wills: MQTT 5 §3.1.2.5, §3.1.3.2.</summary>
public sealed class Wills
{
    private static readonly Connecting s_will = new() { WillTopic = "farm/pump/status", WillPayload = "offline", WillQos = 1, WillRetain = true };

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V5)]
    public async Task It_is_published_when_the_client_vanishes(MqttVersion version)
    {
        await using var host = await BrokerHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.SubscribeAsync("farm/+/status");
        using var client = await host.ConnectAsync("pump", version, s_will);
        client.Cut();
        Assert.Equal(("offline", 1), (await watcher.ExpectMessageAsync("farm/pump/status")) is var m ? (m.Payload, m.Qos) : default);
        Assert.Equal((1, 1), (host.Statistics.RetainedMessages, host.Statistics.WillsPublished));
    }

    [Fact]
    public async Task It_is_forgotten_when_the_client_says_goodbye()
    {
        await using var host = await BrokerHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.SubscribeAsync("farm/+/status");
        using var client = await host.ConnectAsync("pump", connecting: s_will);
        await client.DisconnectAsync();
        Assert.Null(await client.ReceiveAsync());
        await host.UntilAsync(s => s.Sessions == 1);
        await watcher.ExpectNothingAsync();
        Assert.Equal(0, host.Statistics.WillsPublished);
    }

    [Fact]
    public async Task It_is_published_after_a_goodbye_with_will()
    {
        await using var host = await BrokerHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.SubscribeAsync("farm/+/status");
        using var client = await host.ConnectAsync("pump", connecting: s_will);
        await client.DisconnectAsync(ReasonCode.DisconnectWithWill);
        await watcher.ExpectMessageAsync("farm/pump/status");
    }

    [Fact]
    public async Task It_is_published_when_the_client_breaks_the_rules()
    {
        await using var host = await BrokerHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.SubscribeAsync("farm/+/status");
        using var client = await host.ConnectAsync("pump", connecting: s_will);
        await client.SendBytesAsync(new byte[] { 0xFF, 0xFF, 0xFF });
        await watcher.ExpectMessageAsync("farm/pump/status");
    }

    [Fact]
    public async Task A_delayed_one_waits()
    {
        await using var host = await BrokerHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.SubscribeAsync("farm/+/status");
        using var client = await host.ConnectAsync("pump", connecting: Delayed(10));
        await host.VanishAsync(client);
        host.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, host.Statistics.WillsPublished);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("offline", (await watcher.ExpectMessageAsync("farm/pump/status")).Payload);
    }

    [Fact]
    public async Task A_delayed_one_is_not_published_when_the_client_comes_back()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("pump", connecting: Delayed(10));
        await host.VanishAsync(first);
        using var second = await host.ConnectAsync("pump", connecting: Connecting.Kept());
        host.Time.Advance(TimeSpan.FromSeconds(30));
        await host.VanishAsync(second);
        host.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, host.Statistics.WillsPublished);
    }

    [Fact]
    public async Task A_delayed_one_is_published_when_the_session_ends_first()
    {
        await using var host = await BrokerHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.SubscribeAsync("farm/+/status");
        using var first = await host.ConnectAsync("pump", connecting: Delayed(1000));
        await host.VanishAsync(first);
        using var second = await host.ConnectAsync("pump", connecting: new Connecting { Clean = true });
        await watcher.ExpectMessageAsync("farm/pump/status");
    }

    [Fact]
    public async Task Its_expiry_begins_when_it_is_published()
    {
        await using var host = await BrokerHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.SubscribeAsync("farm/+/status");
        var will = Delayed(10) with { WillProperties = new PropertyBuffer().Add(PropertyId.WillDelayInterval, 10).Add(PropertyId.MessageExpiryInterval, 7).AddUser("k"u8, "v"u8) };
        using var client = await host.ConnectAsync("pump", connecting: will);
        await host.VanishAsync(client);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        var message = await watcher.ExpectMessageAsync("farm/pump/status");
        Assert.Equal([(PropertyId.UserProperty, 1, "k", "v"), (PropertyId.MessageExpiryInterval, 7, "", "")], message.Properties);
    }

    private static Connecting Delayed(uint seconds) => s_will with
    {
        Clean = false,
        Properties = new PropertyBuffer().Add(PropertyId.SessionExpiryInterval, 3600),
        WillProperties = new PropertyBuffer().Add(PropertyId.WillDelayInterval, seconds),
    };
}
