using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>CONNECT and CONNACK: MQTT 5 §3.1, §3.2.</summary>
public sealed class Connecting_to_the_broker
{
    [Fact]
    public async Task The_broker_says_what_it_can_and_cannot()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();
        var answer = await client.ConnectAsync("a", new Connecting());
        Assert.Equal(0, answer.Code);
        Assert.False(answer.SessionPresent);
        Assert.Equal(1u, answer.Number(PropertyId.MaximumQos));
        Assert.Equal(0u, answer.Number(PropertyId.SharedSubscriptionAvailable));
        Assert.Equal(256u * 1024, answer.Number(PropertyId.MaximumPacketSize));
        Assert.Equal(1000u, answer.Number(PropertyId.ReceiveMaximum));
        Assert.Null(answer.Number(PropertyId.TopicAliasMaximum));
        Assert.Null(answer.Number(PropertyId.SessionExpiryInterval));
    }

    [Fact]
    public async Task A_client_without_id_gets_one_and_can_come_back_with_it()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.OpenAsync();
        var id = (await first.ConnectAsync("", Connecting.Kept())).Text(PropertyId.AssignedClientIdentifier);
        Assert.NotNull(id);
        using var second = await host.OpenAsync();
        Assert.True((await second.ConnectAsync(id, Connecting.Kept())).SessionPresent);
    }

    [Fact]
    public async Task Without_id_and_clean_session_a_3_1_1_client_is_refused()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync(MqttVersion.V311);
        Assert.Equal(ReasonCode.ClientIdentifierNotValid, (await client.ConnectAsync("", new Connecting { Clean = false })).Code);
        Assert.Null(await client.ReceiveAsync());
    }

    [Fact]
    public async Task An_edition_that_is_not_spoken_is_refused_in_words_it_knows()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync(MqttVersion.V311);
        await client.SendBytesAsync("\u0010\u0010\0\u0006MQIsdp\u0003\u0002\0\0\0\u0002ab"u8.ToArray());
        Assert.Equal(ReasonCode.UnsupportedProtocolVersion, (await client.ExpectAsync(PacketType.ConnAck)).Code);
        Assert.Null(await client.ReceiveAsync());
    }

    [Theory]
    [InlineData("pump", "secret", ReasonCode.Success)]
    [InlineData("pump", "wrong", ReasonCode.BadUserNameOrPassword)]
    [InlineData("stranger", "secret", ReasonCode.BadUserNameOrPassword)]
    [InlineData("stranger", "", ReasonCode.BadUserNameOrPassword)]
    [InlineData(null, null, ReasonCode.NotAuthorized)]
    public async Task Only_known_users_may_connect_when_there_are_users(string? user, string? password, byte code)
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { Users = new Dictionary<string, string> { ["pump"] = "secret" } });
        using var client = await host.OpenAsync();
        Assert.Equal(code, (await client.ConnectAsync("a", new Connecting { Username = user, Password = password })).Code);
        Assert.Equal(code == 0 ? 0 : 1, host.Statistics.ConnectsRefused);
    }

    [Fact]
    public async Task A_will_of_QoS_2_or_with_a_bad_topic_is_refused()
    {
        await using var host = await BrokerHost.StartAsync();
        using var qos2 = await host.OpenAsync();
        Assert.Equal(ReasonCode.QosNotSupported, (await qos2.ConnectAsync("a", new Connecting { WillTopic = "w", WillQos = 2 })).Code);
        using var wild = await host.OpenAsync();
        Assert.Equal(ReasonCode.TopicNameInvalid, (await wild.ConnectAsync("b", new Connecting { WillTopic = "w/#" })).Code);
    }

    [Fact]
    public async Task Extended_authentication_is_refused()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();
        var asking = new Connecting { Properties = new PropertyBuffer().Add(PropertyId.AuthenticationMethod, "SCRAM-SHA-1") };
        Assert.Equal(ReasonCode.BadAuthenticationMethod, (await client.ConnectAsync("a", asking)).Code);
    }

    [Fact]
    public async Task Clients_are_told_when_the_broker_stops()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("a");
        var stopping = host.StopAsync();
        Assert.Equal(ReasonCode.ServerShuttingDown, await client.ExpectCloseAsync());
        await stopping;
    }
}
