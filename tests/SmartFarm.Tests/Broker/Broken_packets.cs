using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Bytes that are no MQTT, or that break its rules: MQTT 5 §4.13. The others never notice.</summary>
public sealed class Broken_packets
{
    public static TheoryData<string, byte[], byte> AfterConnect => new()
    {
        { "second CONNECT", [0x10, 13, 0, 4, .. "MQTT"u8, 5, 2, 0, 0, 0, 0, 0], ReasonCode.ProtocolError },
        { "CONNACK from a client", [0x20, 3, 0, 0, 0], ReasonCode.ProtocolError },
        { "AUTH without method", [0xF0, 0], ReasonCode.ProtocolError },
        { "packet type 0", [0x00, 0], ReasonCode.MalformedPacket },
        { "length of five bytes", [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], ReasonCode.MalformedPacket },
        { "SUBSCRIBE with wrong flags", [0x80, 2, 0, 1], ReasonCode.MalformedPacket },
        { "SUBSCRIBE of nothing", [0x82, 3, 0, 1, 0], ReasonCode.ProtocolError },
        { "PUBLISH with packet id 0", [0x32, 6, 0, 1, (byte)'t', 0, 0, 0], ReasonCode.MalformedPacket },
        { "PUBLISH with QoS 3", [0x36, 6, 0, 1, (byte)'t', 0, 1, 0], ReasonCode.MalformedPacket },
        { "PUBLISH to a wildcard", [0x30, 4, 0, 1, (byte)'#', 0], ReasonCode.TopicNameInvalid },
        { "PUBLISH with invalid UTF-8", [0x30, 4, 0, 1, 0xFF, 0], ReasonCode.MalformedPacket },
        { "PUBLISH with a topic alias", [0x30, 7, 0, 1, (byte)'t', 3, 0x23, 0, 1], ReasonCode.TopicAliasInvalid },
        { "PUBLISH with a subscription identifier", [0x30, 6, 0, 1, (byte)'t', 2, 0x0B, 1], ReasonCode.ProtocolError },
        { "PUBLISH with a wildcard to answer to", [0x30, 8, 0, 1, (byte)'t', 4, 0x08, 0, 1, (byte)'+'], ReasonCode.ProtocolError },
        { "PUBREC for a message of QoS 1", [0x50, 2, 0, 1], ReasonCode.ProtocolError },
        { "PINGREQ with content", [0xC0, 1, 0], ReasonCode.MalformedPacket },
    };

    [Theory]
    [MemberData(nameof(AfterConnect))]
    public async Task It_is_named_kept_and_ends_only_that_connection(string what, byte[] bytes, byte code)
    {
        await using var host = await BrokerHost.StartAsync();
        using var bystander = await host.ConnectAsync("bystander");
        using var client = await host.ConnectAsync("broken");
        await client.SendBytesAsync(bytes);
        Assert.Equal(code, await client.ExpectCloseAsync());
        var error = Assert.Single(host.ProtocolErrors);
        Assert.True(error.ClientId == "broken" && error.Reason.Length > 0 && error.Bytes.Length > 0 && bytes.AsSpan().StartsWith(error.Bytes), what);
        await bystander.PingAsync();
        await bystander.ExpectAsync(PacketType.PingResp);
        await host.UntilAsync(s => s is { Connections: 1, Sessions: 1, ProtocolErrors: 1 });
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: farm\r\n\r\n")]
    [InlineData("\u0030\u0003\0\u0001t")]
    [InlineData("\u0010\u0004\0\u0004MQ")]
    [InlineData("\u00C0\0")]
    public async Task Before_CONNECT_there_is_no_answer_at_all(string bytes)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();
        await client.SendBytesAsync(Encoding.Latin1.GetBytes(bytes));
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal("", Assert.Single(host.ProtocolErrors).ClientId);
    }

    [Fact]
    public async Task Only_the_beginning_of_it_is_handed_on()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", MqttVersion.V311);
        await client.SendBytesAsync(new byte[10_000]);
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(256, Assert.Single(host.ProtocolErrors).Bytes.Length);
    }

    [Fact]
    public async Task A_packet_may_come_byte_by_byte()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        foreach (var b in new byte[] { 0x32, 8, 0, 1, (byte)'t', 0, 9, 0, (byte)'h', (byte)'i' })
        {
            await client.SendBytesAsync(new[] { b });
        }

        Assert.Equal(9, (await client.ExpectAsync(PacketType.PubAck)).PacketId);
    }

    [Fact]
    public async Task What_came_before_it_in_the_same_bytes_still_counts()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.SendBytesAsync(new byte[] { 0x32, 6, 0, 1, (byte)'t', 0, 9, 0, 0xC0, 0, 0xFF, 0xFF });
        Assert.Equal(9, (await client.ExpectAsync(PacketType.PubAck)).PacketId);
        await client.ExpectAsync(PacketType.PingResp);
        Assert.Equal(ReasonCode.MalformedPacket, await client.ExpectCloseAsync());
    }

    [Fact]
    public async Task A_release_of_a_message_never_taken_is_answered()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        await client.SendBytesAsync(new byte[] { 0x62, 2, 0, 5 });
        var answer = await client.ExpectAsync(PacketType.PubComp);
        Assert.Equal((5, ReasonCode.PacketIdentifierNotFound), (answer.PacketId, answer.Code));
    }
}
