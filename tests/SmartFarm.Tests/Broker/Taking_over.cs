using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Two connections with one client id: MQTT 5 §3.1.4, [MQTT-3.1.4-3].</summary>
public sealed class Taking_over
{
    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task The_older_connection_is_closed_and_told_why(MqttVersion version)
    {
        await using var host = await BrokerHost.StartAsync();
        using var old = await host.ConnectAsync("c", version);
        using var young = await host.ConnectAsync("c", version);
        Assert.Equal(version == MqttVersion.V5 ? ReasonCode.SessionTakenOver : null, await old.ExpectCloseAsync());
        await young.PingAsync();
        await young.ExpectAsync(PacketType.PingResp);
        await host.UntilAsync(s => s is { TakeOvers: 1, Connections: 1, Sessions: 1 });
    }

    [Fact]
    public async Task The_session_goes_on_with_what_was_not_acknowledged()
    {
        await using var host = await BrokerHost.StartAsync();
        using var old = await host.ConnectAsync("c", connecting: Connecting.Kept());
        await old.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("t", "1");
        await publisher.PublishAsync("t", "2");
        var first = await old.ExpectAsync(PacketType.Publish);
        await old.ExpectAsync(PacketType.Publish);
        using var young = await host.OpenAsync();
        Assert.True((await young.ConnectAsync("c", Connecting.Kept())).SessionPresent);
        var again = await young.ExpectMessageAsync("t");
        Assert.Equal(("1", first.PacketId, true), (again.Payload, again.PacketId, again.Duplicate));
        Assert.Equal("2", (await young.ExpectMessageAsync("t")).Payload);
        await young.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_will_without_delay_is_published()
    {
        await using var host = await BrokerHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.SubscribeAsync("will");
        using var old = await host.ConnectAsync("c", connecting: Connecting.Kept() with { WillTopic = "will" });
        using var young = await host.ConnectAsync("c", connecting: Connecting.Kept());
        await watcher.ExpectMessageAsync("will");
    }

    [Fact]
    public async Task A_delayed_will_is_not()
    {
        await using var host = await BrokerHost.StartAsync();
        var delayed = Connecting.Kept() with { WillTopic = "will", WillProperties = new PropertyBuffer().Add(PropertyId.WillDelayInterval, 5) };
        using var old = await host.ConnectAsync("c", connecting: delayed);
        using var young = await host.ConnectAsync("c", connecting: Connecting.Kept());
        Assert.Equal(ReasonCode.SessionTakenOver, await old.ExpectCloseAsync());
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, host.Statistics.WillsPublished);
    }

    [Fact]
    public async Task A_hundred_times_in_a_row_leaves_one_session()
    {
        await using var host = await BrokerHost.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var client = await host.OpenAsync();
            await client.ConnectAsync("c", Connecting.Kept());
        }));
        await host.UntilAsync(s => s is { Connections: 0, Sessions: 1 });
    }
}
