using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Keep alive: MQTT 5 §3.1.2.10. Times are checked every second.</summary>
public sealed class Keep_alive
{
    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task Silence_of_one_and_a_half_times_ends_the_connection(MqttVersion version)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", version, new Connecting { KeepAlive = 10, WillTopic = "w" });
        host.Time.Advance(TimeSpan.FromSeconds(15));
        await client.PingAsync();
        await client.ExpectAsync(PacketType.PingResp);
        host.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(0, host.Statistics.KeepAliveTimeouts);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(version == MqttVersion.V5 ? ReasonCode.KeepAliveTimeout : null, await client.ExpectCloseAsync());
        await host.UntilAsync(s => s is { KeepAliveTimeouts: 1, WillsPublished: 1, Connections: 0 });
    }

    [Fact]
    public async Task Zero_means_that_silence_is_fine()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", connecting: new Connecting { KeepAlive = 0 });
        host.Time.Advance(TimeSpan.FromDays(1));
        await client.PingAsync();
        await client.ExpectAsync(PacketType.PingResp);
    }

    [Fact]
    public async Task A_connection_without_CONNECT_is_closed_in_time()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();
        await client.SendBytesAsync(new byte[] { 0x10 });
        await host.UntilAsync(s => s.Connections == 1);
        host.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, host.Statistics.ConnectTimeouts);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(1, host.Statistics.ConnectTimeouts);
    }
}
