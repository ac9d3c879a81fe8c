using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Mqtt;

public sealed class A_session_with_mosquitto
{
    public static TheoryData<MqttVersion> Versions => [MqttVersion.V311, MqttVersion.V5];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Publishes_and_receives_at_both_qualities(MqttVersion version)
    {
        await using var broker = await StartAsync(new Mosquitto());
        var inbox = new Inbox();
        await using var session = await ReadyAsync(Options(broker, version) with { Subscriptions = ["farm/#"] }, inbox);
        for (byte i = 0; i < 100; i++)
        {
            await session.PublishAsync(new MqttMessage($"farm/{i}", Encoding.UTF8.GetBytes($"p{i}")) { Qos = (byte)(i & 1) }, CancellationToken.None);
        }

        var got = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var message = await inbox.NextAsync();
            session.Acknowledge(message.Ticket);
            got.Add($"{message.Topic}={message.Payload}");
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"farm/{i}=p{i}").Order(), got.Order());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Has_its_will_published_when_it_vanishes_but_not_when_it_stops(MqttVersion version)
    {
        await using var broker = await StartAsync(new Mosquitto());
        var inbox = new Inbox();
        await using var watcher = await ReadyAsync(Options(broker, version) with { ClientId = "watcher", Subscriptions = ["will/#"] }, inbox);
        MqttSessionOptions WithWill(string id) => Options(broker, version) with
        {
            ClientId = id,
            Will = new MqttMessage($"will/{id}", "gone"u8.ToArray()) { Qos = 1 },
        };

        await using (await ReadyAsync(WithWill("polite")))
        {
        }

        // Another client takes the id over: mosquitto publishes the will of the one that is thrown out. The will of the polite one would have come before.
        await using var vanishing = await ReadyAsync(WithWill("vanishing"));
        await using var usurper = await ReadyAsync(Options(broker, version) with { ClientId = "vanishing", SessionExpiry = TimeSpan.Zero });

        Assert.Equal("will/vanishing", (await inbox.NextAsync()).Topic);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Gets_what_was_sent_while_it_was_away_and_again_what_it_did_not_acknowledge(MqttVersion version)
    {
        await using var broker = await StartAsync(new Mosquitto());
        var options = Options(broker, version) with { Subscriptions = ["farm/#"] };
        await using var publisher = await ReadyAsync(Options(broker, version) with { ClientId = "publisher", Subscriptions = [] });
        var first = new Inbox();
        await using (var session = await ReadyAsync(options, first))
        {
            await publisher.PublishAsync(new MqttMessage("farm/a", "1"u8.ToArray()), CancellationToken.None);
            await first.NextAsync();
        }

        await publisher.PublishAsync(new MqttMessage("farm/a", "2"u8.ToArray()), CancellationToken.None);
        var second = new Inbox();
        await using var back = await ReadyAsync(options, second);
        Assert.False(back.Status.SessionLost);
        Assert.Equal("1", (await second.NextAsync()).Payload);
        Assert.Equal("2", (await second.NextAsync()).Payload);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Comes_back_after_the_broker_was_killed_and_says_that_the_session_is_lost(MqttVersion version)
    {
        await using var broker = await StartAsync(new Mosquitto());
        var inbox = new Inbox();
        await using var session = await ReadyAsync(Options(broker, version) with { Subscriptions = ["farm/#"] }, inbox);
        await broker.KillAsync();
        var published = session.PublishAsync(new MqttMessage("farm/a", "after"u8.ToArray()), CancellationToken.None).AsTask();
        await broker.StartAsync();

        await published.WaitAsync(Inbox.Patience);
        Assert.Equal("after", (await inbox.NextAsync()).Payload);
        Assert.True(session.Status.SessionLost);
    }

    [Fact]
    public async Task Holds_no_more_than_Receive_Maximum_unacknowledged()
    {
        // Without a limit of its own, mosquitto 2.0.11 does not keep to the client's either.
        await using var broker = await StartAsync(new Mosquitto("allow_anonymous true"));
        var inbox = new Inbox();
        await using var session = await ReadyAsync(Options(broker) with { Subscriptions = ["farm/#"], ReceiveMaximum = 25 }, inbox);
        await using var publisher = await ReadyAsync(Options(broker) with { ClientId = "publisher" });
        for (var i = 0; i < 60; i++)
        {
            await publisher.PublishAsync(new MqttMessage("farm/a", Encoding.UTF8.GetBytes($"{i}")), CancellationToken.None);
        }

        var held = new List<AckTicket>();
        for (var i = 0; i < 25; i++)
        {
            held.Add((await inbox.NextAsync()).Ticket);
        }

        // A message at QoS 0 is not held back, and comes after what was sent before it.
        await publisher.PublishAsync(new MqttMessage("farm/zero", "0"u8.ToArray()) { Qos = 0 }, CancellationToken.None);
        Assert.Equal("farm/zero", (await inbox.NextAsync()).Topic);
        held.ForEach(ticket => session.Acknowledge(ticket));
        for (var i = 25; i < 60; i++)
        {
            var message = await inbox.NextAsync();
            Assert.Equal($"{i}", message.Payload);
            session.Acknowledge(message.Ticket);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Fails_with_a_sentence_when_the_password_is_refused(MqttVersion version)
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, "mosquitto is not installed.");
        await using var broker = new Mosquitto("allow_anonymous false");
        await broker.StartAsync();
        await using var session = Start(Options(broker, version) with { Username = "u", Password = "wrong" });
        var refused = await Assert.ThrowsAsync<MqttSessionException>(() => session.WhenReadyAsync(CancellationToken.None).WaitAsync(Inbox.Patience));
        Assert.Contains("Check user name", refused.Message);
        Assert.Equal(MqttSessionState.Failed, session.Status.State);
    }

    [Fact]
    public async Task Speaks_TLS_with_a_broker_whose_authority_it_is_given_and_with_no_other()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, "mosquitto is not installed.");
        using var folder = new TempFolder();
        var certificates = new Certificates(folder);
        // As root, mosquitto would become another user, who may not read the folder.
        await using var broker = new Mosquitto($"allow_anonymous true\ncertfile {certificates.ServerFile}\nkeyfile {certificates.ServerKeyFile}");
        await broker.StartAsync();
        var inbox = new Inbox();
        await using var session = await ReadyAsync(
            Options(broker) with { UseTls = true, CaFile = certificates.CaFile, Subscriptions = ["farm/#"] }, inbox);
        await session.PublishAsync(new MqttMessage("farm/a", "secret"u8.ToArray()), CancellationToken.None);
        Assert.Equal("secret", (await inbox.NextAsync()).Payload);

        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var distrustful = new MqttSession(
            Options(broker) with { ClientId = "d", UseTls = true }, null, TimeProvider.System, NullLogger<MqttSession>.Instance);
        distrustful.StatusChanged += status => _ = status.State == MqttSessionState.Waiting && said.TrySetResult(status.Reason);
        distrustful.Start();
        Assert.Contains("certificate", await said.Task.WaitAsync(Inbox.Patience));
    }

    private static MqttSessionOptions Options(Mosquitto broker, MqttVersion version = MqttVersion.V5) => new()
    {
        Host = "127.0.0.1",
        Port = broker.Port,
        ClientId = "session",
        Version = version,
        MaxBackoff = TimeSpan.FromSeconds(1),
    };

    private static async Task<Mosquitto> StartAsync(Mosquitto broker)
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, "mosquitto is not installed.");
        await broker.StartAsync();
        return broker;
    }

    private static MqttSession Start(MqttSessionOptions options, IMqttReceiver? receiver = null)
    {
        var session = new MqttSession(options, receiver, TimeProvider.System, NullLogger<MqttSession>.Instance);
        session.Start();
        return session;
    }

    private static async Task<MqttSession> ReadyAsync(MqttSessionOptions options, IMqttReceiver? receiver = null)
    {
        var session = Start(options, receiver);
        await session.WhenReadyAsync(CancellationToken.None).WaitAsync(Inbox.Patience);
        return session;
    }
}
