using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Session;
using SmartFarm.Testing;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Message_expiry
{
    private readonly TestTimeProvider _time = new();
    private readonly Publisher _publisher;

    public Message_expiry() => _publisher = new Publisher(MqttVersion.V5, _time, new MqttSessionCounters());

    [Fact]
    public async Task Says_that_the_broker_has_not_seen_a_message_that_was_never_sent()
    {
        var published = Publish("a");
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("expired before it could be sent", await FaultOf(published));
    }

    [Fact]
    public async Task Says_that_the_broker_may_have_a_message_that_was_sent()
    {
        Connect();
        var published = Publish("a");
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(published.IsCompleted);
        _publisher.Disconnect();
        Assert.Contains("the broker may have it", await FaultOf(published));
    }

    [Fact]
    public async Task Does_not_forget_that_a_message_was_sent_when_the_broker_forgets_the_session()
    {
        Connect();
        var first = Publish("a");
        var second = Publish("b");
        _publisher.Disconnect();
        Connect(window: 1, sessionPresent: false);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(first.IsCompleted);
        Assert.Contains("the broker may have it", await FaultOf(second));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-86_400_000)]
    [InlineData(50L * 86_400_000)]
    public async Task Out_of_range_is_refused_before_anything_is_queued(long milliseconds)
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        var message = new MqttMessage("a", default) { Expiry = TimeSpan.FromMilliseconds(milliseconds) };

        var refused = Assert.Throws<ArgumentException>(() => { _ = session.PublishAsync(message, CancellationToken.None).AsTask(); });

        Assert.Contains("49 days", refused.Message);
        var next = session.PublishAsync(new MqttMessage("b", default), CancellationToken.None).AsTask();
        using var connection = await broker.AcceptReadyAsync();
        var packet = await connection.ReadPacketAsync();
        Assert.Equal((byte)'b', packet[4]);
        await connection.AcknowledgeAsync(packet);
        await next.WaitAsync(FakeConnection.Patience);
    }

    [Fact]
    public async Task Of_49_days_is_waited_for()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        var published = session.PublishAsync(new MqttMessage("a", default) { Expiry = TimeSpan.FromDays(49) }, CancellationToken.None).AsTask();
        using var connection = await broker.AcceptReadyAsync();
        await connection.AcknowledgeAsync(await connection.ReadPacketAsync());
        await published.WaitAsync(FakeConnection.Patience);
    }

    private static async Task<string> FaultOf(Task published) =>
        (await Assert.ThrowsAsync<MqttPublishException>(() => published.WaitAsync(FakeConnection.Patience))).Message;

    private Task Publish(string topic) =>
        _publisher.PublishAsync(new MqttMessage(topic, default) { Expiry = TimeSpan.FromSeconds(30) }, CancellationToken.None).AsTask();

    private void Connect(int window = 10, bool sessionPresent = true) =>
        _publisher.Connect(new OutputBuffer(), new ServerLimits(window, MaxPacketSize: 1_000_000, MaxQos: 2, RetainAvailable: true), sessionPresent);
}
