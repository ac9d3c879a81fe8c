using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>What <see cref="MqttBrokerOptions.SlowSubscriberPatience"/> promises.</summary>
public sealed class Slow_subscribers
{
    private static readonly MqttBrokerOptions s_small = new() { MaxQueuedMessages = 4, MaxInFlight = 2 };

    [Fact]
    public async Task Publishers_wait_and_nothing_is_lost()
    {
        await using var host = await BrokerHost.StartAsync(s_small);
        using var slow = await host.ConnectAsync("slow");
        await slow.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 4; i++)
        {
            await publisher.PublishAsync("t", $"{i}");
        }

        await publisher.SendPublishAsync("t", "5", qos: 1);
        await host.UntilAsync(s => s.PublisherWaits == 1);
        host.Time.Advance(TimeSpan.FromSeconds(4));
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal($"{i}", (await slow.ExpectMessageAsync("t")).Payload);
        }

        Assert.Equal(ReasonCode.Success, (await publisher.ExpectAsync(PacketType.PubAck)).Code);
        Assert.Equal(0, host.Statistics.Dropped[MqttDropReason.SlowSubscriber]);
    }

    [Fact]
    public async Task When_patience_ends_it_alone_loses_until_it_has_caught_up()
    {
        await using var host = await BrokerHost.StartAsync(s_small);
        using var slow = await host.ConnectAsync("slow");
        await slow.SubscribeAsync("t");
        using var quick = await host.ConnectAsync("quick");
        await quick.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 5; i++)
        {
            await publisher.SendPublishAsync("t", $"{i}", qos: 1);
            Assert.Equal($"{i}", (await quick.ExpectMessageAsync("t")).Payload);
        }

        await host.UntilAsync(s => s.PublisherWaits == 1);
        await WaitsOnClock(host);
        host.Time.Advance(TimeSpan.FromSeconds(5));
        for (var i = 1; i <= 5; i++)
        {
            await publisher.ExpectAsync(PacketType.PubAck);
        }

        await publisher.PublishAsync("t", "6");
        Assert.Equal("6", (await quick.ExpectMessageAsync("t")).Payload);
        Assert.Equal((1, 2), (host.Statistics.PublisherWaits, host.Statistics.Dropped[MqttDropReason.SlowSubscriber]));
        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal($"{i}", (await slow.ExpectMessageAsync("t")).Payload);
        }

        await slow.PingAsync();
        await slow.ExpectAsync(PacketType.PingResp);
        await publisher.PublishAsync("t", "7");
        Assert.Equal("7", (await slow.ExpectMessageAsync("t")).Payload);
    }

    [Fact]
    public async Task A_message_that_nobody_took_after_the_wait_is_not_acknowledged_as_a_success()
    {
        await using var host = await BrokerHost.StartAsync(s_small);
        using var slow = await host.ConnectAsync("slow");
        await slow.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal(ReasonCode.Success, (await publisher.PublishAsync("t", $"{i}")).Code);
        }

        await publisher.SendPublishAsync("t", "5", qos: 1);
        await host.UntilAsync(s => s.PublisherWaits == 1);
        await WaitsOnClock(host);
        host.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ReasonCode.QuotaExceeded, (await publisher.ExpectAsync(PacketType.PubAck)).Code);
    }

    [Fact]
    public async Task A_message_that_one_of_two_took_is_a_success()
    {
        await using var host = await BrokerHost.StartAsync(s_small);
        using var slow = await host.ConnectAsync("slow");
        await slow.SubscribeAsync("t");
        using var quick = await host.ConnectAsync("quick");
        await quick.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 4; i++)
        {
            await publisher.PublishAsync("t", $"{i}");
            await quick.ExpectMessageAsync("t");
        }

        await publisher.SendPublishAsync("t", "5", qos: 1);
        await host.UntilAsync(s => s.PublisherWaits == 1);
        await WaitsOnClock(host);
        host.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ReasonCode.Success, (await publisher.ExpectAsync(PacketType.PubAck)).Code);
    }

    [Fact]
    public async Task A_message_larger_than_half_a_queue_waits_no_longer_than_the_patience()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { MaxQueuedBytes = 400 });
        using var slow = await host.ConnectAsync("slow");
        await slow.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        await publisher.PublishAsync("t", "1");
        await publisher.SendPublishAsync("t", new string('x', 200), qos: 1);
        await host.UntilAsync(s => s.PublisherWaits == 1);
        await WaitsOnClock(host);
        host.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ReasonCode.QuotaExceeded, (await publisher.ExpectAsync(PacketType.PubAck)).Code);
    }

    [Fact]
    public async Task A_cancelled_wait_ends_even_when_there_is_nothing_to_wait_for() =>
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
            await new SubscriberPatience(new TestTimeProvider(), TimeSpan.FromSeconds(5)).WaitAsync(new CancellationToken(canceled: true)));

    [Fact]
    public async Task A_client_that_fills_its_own_queue_does_not_wait_for_itself()
    {
        await using var host = await BrokerHost.StartAsync(s_small);
        using var client = await host.ConnectAsync("c");
        await client.SubscribeAsync("t");
        for (var i = 0; i < 5; i++)
        {
            await client.SendPublishAsync("t", "x", qos: 1);
        }

        var got = new List<Packet>();
        while (got.Count(p => p.Type == PacketType.PubAck) < 5)
        {
            got.Add((await client.ReceiveAsync())!);
        }

        Assert.Equal(ReasonCode.QuotaExceeded, got.Last(p => p.Type == PacketType.PubAck).Code);
        Assert.Equal((0, 1), (host.Statistics.PublisherWaits, host.Statistics.Dropped[MqttDropReason.SlowSubscriber]));
    }

    [Fact]
    public async Task Waiting_ends_when_the_subscriber_goes()
    {
        await using var host = await BrokerHost.StartAsync(s_small);
        using var slow = await host.ConnectAsync("slow");
        await slow.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 5; i++)
        {
            await publisher.SendPublishAsync("t", $"{i}", qos: 1);
        }

        await host.UntilAsync(s => s.PublisherWaits == 1);
        slow.Cut();
        for (var i = 1; i <= 5; i++)
        {
            await publisher.ExpectAsync(PacketType.PubAck);
        }
    }

    [Fact]
    public async Task A_waiting_publisher_is_not_taken_for_dead()
    {
        await using var host = await BrokerHost.StartAsync(s_small with { SlowSubscriberPatience = TimeSpan.FromSeconds(60) });
        using var slow = await host.ConnectAsync("slow");
        await slow.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p", connecting: new Connecting { KeepAlive = 5 });
        for (var i = 1; i <= 5; i++)
        {
            await publisher.SendPublishAsync("t", $"{i}", qos: 1);
        }

        await host.UntilAsync(s => s.PublisherWaits == 1);
        await WaitsOnClock(host);
        host.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, host.Statistics.KeepAliveTimeouts);
        for (var i = 1; i <= 5; i++)
        {
            await slow.ExpectMessageAsync("t");
        }

        host.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, host.Statistics.KeepAliveTimeouts);
    }

    [Fact]
    public async Task QoS_0_is_dropped_without_waiting()
    {
        await using var host = await BrokerHost.StartAsync(s_small);
        using var slow = await host.ConnectAsync("slow");
        await slow.SubscribeAsync("t");
        using var publisher = await host.ConnectAsync("p");
        for (var i = 1; i <= 4; i++)
        {
            await publisher.PublishAsync("t", $"{i}");
        }

        await publisher.SendPublishAsync("t", "5");
        await host.UntilAsync(s => s.Dropped[MqttDropReason.FullQos0] == 1);
    }

    [Fact]
    public async Task A_client_that_takes_no_bytes_is_closed_in_time()
    {
        await using var host = await BrokerHost.StartAsync(new MqttBrokerOptions { SlowSubscriberPatience = TimeSpan.Zero, MaxQueuedBytes = 100_000_000 });
        using var deaf = await host.ConnectAsync("deaf");
        await deaf.SubscribeAsync("t", 0);
        using var publisher = await host.ConnectAsync("p");
        do
        {
            await publisher.PublishAsync("t", new string('x', 200_000));
            await publisher.PingAsync();
            await publisher.ExpectAsync(PacketType.PingResp);
        }
        while (host.Statistics.QueuedBytes < 2_000_000);
        host.Time.Advance(TimeSpan.FromSeconds(32));
        await host.UntilAsync(s => s is { SendTimeouts: 1, Connections: 1, QueuedBytes: 0 });
    }

    // The sweep is one timer; the publisher's wait is the second.
    private static async Task WaitsOnClock(BrokerHost host) => await host.UntilAsync(_ => host.Time.ActiveTimers >= 2);
}
