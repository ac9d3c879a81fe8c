using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Sessions across connections: MQTT 5 §3.1.2.4, §3.1.2.11.2, §4.1, §4.4.</summary>
public sealed class Kept_sessions
{
    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V5)]
    public async Task Messages_of_QoS_1_wait_for_an_offline_client(MqttVersion version)
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c", version, Connecting.Kept());
        await first.SubscribeAsync("t/1", 1);
        await first.SubscribeAsync("t/0", 0);
        await host.VanishAsync(first);
        using var publisher = await host.ConnectAsync("p");
        Assert.Equal(ReasonCode.Success, (await publisher.PublishAsync("t/1", "a")).Code);
        await publisher.PublishAsync("t/0", "not kept");
        await publisher.PublishAsync("t/1", "b");
        using var second = await host.OpenAsync(version);
        Assert.True((await second.ConnectAsync("c", Connecting.Kept())).SessionPresent);
        Assert.Equal(("a", false), (await second.ExpectMessageAsync("t/1")) is var m ? (m.Payload, m.Duplicate) : default);
        Assert.Equal("b", (await second.ExpectMessageAsync("t/1")).Payload);
        await second.ExpectNothingAsync();
        Assert.Equal(1, host.Statistics.Dropped[MqttDropReason.OfflineQos0]);
    }

    [Fact]
    public async Task It_ends_when_its_time_is_over()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c", connecting: Connecting.Kept(60));
        await first.SubscribeAsync("t");
        await host.VanishAsync(first);
        host.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, host.Statistics.Sessions);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((0, 0, 1), (host.Statistics.Sessions, host.Statistics.Subscriptions, host.Statistics.SessionsExpired));
    }

    [Fact]
    public async Task Coming_back_in_time_starts_the_time_again()
    {
        await using var host = await BrokerHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            using var client = await host.OpenAsync();
            Assert.Equal(i > 0, (await client.ConnectAsync("c", Connecting.Kept(60))).SessionPresent);
            await host.VanishAsync(client);
            host.Time.Advance(TimeSpan.FromSeconds(50));
        }
    }

    [Fact]
    public async Task A_longer_wish_than_allowed_is_lowered_and_said()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxSessionExpiry = TimeSpan.FromSeconds(100) });
        using var client = await host.OpenAsync();
        var answer = await client.ConnectAsync("c", Connecting.Kept(uint.MaxValue));
        Assert.Equal(100u, answer.Number(PropertyId.SessionExpiryInterval));
    }

    [Fact]
    public async Task A_3_1_1_session_that_is_not_clean_is_kept_as_long_as_allowed()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", MqttVersion.V311, new Connecting { Clean = false });
        await client.DisconnectAsync();
        await host.UntilAsync(s => s.Connections == 0);
        host.Time.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(1, host.Statistics.Sessions);
        host.Time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(0, host.Statistics.Sessions);
    }

    [Fact]
    public async Task A_clean_start_forgets_it()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("c", connecting: Connecting.Kept());
        await first.SubscribeAsync("t");
        await host.VanishAsync(first);
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("t", "x");
        using var second = await host.OpenAsync();
        Assert.False((await second.ConnectAsync("c", new Connecting { Clean = true })).SessionPresent);
        await second.ExpectNothingAsync();
        Assert.Equal((1, 0L), (host.Statistics.Dropped[MqttDropReason.SessionEnded], host.Statistics.QueuedBytes));
    }

    [Fact]
    public async Task Goodbye_may_ask_for_another_time_but_not_for_one_out_of_nothing()
    {
        await using var host = await BrokerHost.StartAsync();
        using var kept = await host.ConnectAsync("kept", connecting: Connecting.Kept());
        await kept.SendBytesAsync(new byte[] { 0xE0, 7, 0, 5, 0x11, 0, 0, 0, 0 });
        Assert.Null(await kept.ExpectCloseAsync());
        await host.UntilAsync(s => s.Sessions == 0);
        using var clean = await host.ConnectAsync("clean");
        await clean.SendBytesAsync(new byte[] { 0xE0, 7, 0, 5, 0x11, 0, 0, 0, 9 });
        Assert.Equal(ReasonCode.ProtocolError, await clean.ExpectCloseAsync());
    }
}
