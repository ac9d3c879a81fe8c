using SmartFarm.Mqtt.Broker;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.IntegrationTests.Broker;

/// <summary>The tools that people have at hand, against the embedded broker.</summary>
public sealed class Real_clients_talk_to_the_broker
{
    private const string Missing = "mosquitto_pub and mosquitto_sub are not installed (package mosquitto-clients).";

    public static TheoryData<string> Versions => ["mqttv311", "mqttv5"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Published_messages_arrive_in_order(string version)
    {
        Assert.SkipUnless(MosquittoClient.IsInstalled, Missing);
        await using var broker = await LoopbackBroker.StartAsync();
        await using var subscriber = MosquittoClient.Start("mosquitto_sub", broker.Port, version, "-t", "farm/#", "-q", "1", "-C", "3", "-W", "15", "-F", "%t %q %r %p");
        await UntilAsync(broker, s => s.Subscriptions == 1);
        await MosquittoClient.PublishAsync(broker.Port, version, "-t", "farm/a/telemetry", "-q", "0", "-m", "one");
        await MosquittoClient.PublishAsync(broker.Port, version, "-t", "farm/b/telemetry", "-q", "1", "-m", "two");
        await MosquittoClient.PublishAsync(broker.Port, version, "-t", "elsewhere", "-q", "1", "-m", "not for us");
        await MosquittoClient.PublishAsync(broker.Port, version, "-t", "farm/c", "-q", "1", "-r", "-m", "three");
        Assert.Equal(["farm/a/telemetry 0 0 one", "farm/b/telemetry 1 0 two", "farm/c 1 0 three"], await subscriber.LinesAsync());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_retained_message_waits_for_its_reader(string version)
    {
        Assert.SkipUnless(MosquittoClient.IsInstalled, Missing);
        await using var broker = await LoopbackBroker.StartAsync();
        await MosquittoClient.PublishAsync(broker.Port, version, "-t", "farm/pump/status", "-q", "1", "-r", "-m", "online");
        await using var subscriber = MosquittoClient.Start("mosquitto_sub", broker.Port, version, "-t", "farm/+/status", "-C", "1", "-W", "15", "-F", "%t %r %p");
        Assert.Equal(["farm/pump/status 1 online"], await subscriber.LinesAsync());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task QoS_1_messages_wait_for_an_offline_client(string version)
    {
        Assert.SkipUnless(MosquittoClient.IsInstalled, Missing);
        string[] kept = version == "mqttv5" ? ["-c", "-x", "3600"] : ["-c"];
        await using var broker = await LoopbackBroker.StartAsync();
        await using (var first = MosquittoClient.Start("mosquitto_sub", broker.Port, version, ["-i", "backend", .. kept, "-t", "farm/#", "-q", "1", "-E"]))
        {
            await first.LinesAsync();
        }

        await UntilAsync(broker, s => s is { Connections: 0, Sessions: 1 });
        await MosquittoClient.PublishAsync(broker.Port, version, "-t", "farm/a", "-q", "1", "-m", "1");
        await MosquittoClient.PublishAsync(broker.Port, version, "-t", "farm/a", "-q", "1", "-m", "2");
        await using var second = MosquittoClient.Start("mosquitto_sub", broker.Port, version, ["-i", "backend", .. kept, "-t", "farm/#", "-q", "1", "-C", "2", "-W", "15"]);
        Assert.Equal(["1", "2"], await second.LinesAsync());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_will_of_a_killed_client_is_published(string version)
    {
        Assert.SkipUnless(MosquittoClient.IsInstalled, Missing);
        await using var broker = await LoopbackBroker.StartAsync();
        await using var watcher = MosquittoClient.Start("mosquitto_sub", broker.Port, version, "-t", "farm/+/status", "-C", "1", "-W", "15", "-F", "%t %p");
        await using var device = MosquittoClient.Start(
            "mosquitto_sub", broker.Port, version, "-t", "farm/pump/command", "--will-topic", "farm/pump/status", "--will-payload", "offline", "--will-qos", "1", "--will-retain");
        await UntilAsync(broker, s => s.Subscriptions == 2);
        device.Kill();
        Assert.Equal(["farm/pump/status offline"], await watcher.LinesAsync());
        Assert.Equal(1, broker.Statistics.RetainedMessages);
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("wrong", false)]
    public async Task A_password_is_asked_for(string password, bool isRight)
    {
        Assert.SkipUnless(MosquittoClient.IsInstalled, Missing);
        await using var broker = await LoopbackBroker.StartAsync(new MqttBrokerOptions { Users = new Dictionary<string, string> { ["pump"] = "secret" } });
        var publishing = MosquittoClient.PublishAsync(broker.Port, "mqttv5", "-u", "pump", "-P", password, "-t", "t", "-q", "1", "-m", "x");
        Assert.Equal(isRight, await Record.ExceptionAsync(() => publishing) is null);
        Assert.Equal(isRight ? 1 : 0, broker.Statistics.MessagesIn);
    }

    [Fact]
    public async Task Properties_of_MQTT_5_arrive()
    {
        Assert.SkipUnless(MosquittoClient.IsInstalled, Missing);
        await using var broker = await LoopbackBroker.StartAsync();
        await using var subscriber = MosquittoClient.Start(
            "mosquitto_sub", broker.Port, "mqttv5", "-t", "farm/vent/command", "-q", "1", "-C", "1", "-W", "15", "-F", "%R|%D|%C|%P|%p");
        await UntilAsync(broker, s => s.Subscriptions == 1);
        await MosquittoClient.PublishAsync(
            broker.Port, "mqttv5", "-t", "farm/vent/command", "-q", "1", "-m", "40", "-D", "publish", "response-topic", "farm/vent/command/reply",
            "-D", "publish", "correlation-data", "id-1", "-D", "publish", "content-type", "text/plain", "-D", "publish", "user-property", "rule", "vent-on-heat");
        Assert.Equal(["farm/vent/command/reply|id-1|text/plain|rule:vent-on-heat|40"], await subscriber.LinesAsync());
    }

    private static Task<MqttBrokerStatistics> UntilAsync(LoopbackBroker broker, Func<MqttBrokerStatistics, bool> condition) =>
        Eventually.Is(() => Task.FromResult(broker.Statistics), condition, seconds: 20);
}
