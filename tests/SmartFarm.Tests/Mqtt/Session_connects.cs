using System.Globalization;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Session;
using SmartFarm.Testing;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Session_connects
{
    [Fact]
    public async Task And_subscribes_again_each_time()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        for (var i = 0; i < 3; i++)
        {
            using var connection = await broker.AcceptReadyAsync();
            await session.WhenReadyAsync(CancellationToken.None).WaitAsync(FakeConnection.Patience);
        }

        Assert.True(session.Counters.Connections >= 2);
    }

    [Fact]
    public async Task Saying_all_it_was_told()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options(MqttVersion.V311) with
        {
            KeepAlive = TimeSpan.FromSeconds(30),
            Username = "u",
            Password = "p",
            Will = new MqttMessage("w", "bye"u8.ToArray()) { Retain = true },
        });
        using var connection = await broker.AcceptAsync();

        Assert.Equal("101B" + "00044D515454" + "04" + "EC" + "001E" + "000163" + "000177" + "0003627965" + "000175" + "000170", await connection.ReadHexAsync());
    }

    [Theory]
    [InlineData("90 04 00 01 00 80", MqttVersion.V5)]
    [InlineData("90 04 00 01 00 87", MqttVersion.V5)]
    [InlineData("90 03 00 01 80", MqttVersion.V311)]
    public async Task Not_when_a_subscription_is_refused(string subAck, MqttVersion version)
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options(version));
        using var connection = await broker.AcceptAsync();
        await connection.ReadPacketAsync();
        await connection.SendAsync(version == MqttVersion.V5 ? "20 03 00 00 00" : "20 02 00 00");
        await connection.ReadPacketAsync();
        await connection.SendAsync(subAck);

        Assert.Contains("farm/#", (await session.WaitForAsync(MqttSessionState.Failed)).Reason);
        await Assert.ThrowsAsync<MqttSessionException>(() => session.WhenReadyAsync(CancellationToken.None));
        await Assert.ThrowsAsync<MqttSessionException>(async () => await session.PublishAsync(new MqttMessage("a", default), CancellationToken.None));
    }

    [Theory]
    [InlineData(0x81, false)]
    [InlineData(0x84, false)]
    [InlineData(0x86, false)]
    [InlineData(0x8A, false)]
    [InlineData(0x9D, false)]
    [InlineData(0x87, true)]
    [InlineData(0x88, true)]
    [InlineData(0x89, true)]
    [InlineData(0x97, true)]
    [InlineData(0x9F, true)]
    public async Task Again_only_after_a_refusal_that_may_heal(byte code, bool mayHeal)
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        using (var connection = await broker.AcceptAsync())
        {
            await connection.ReadPacketAsync();
            await connection.SendAsync($"20 03 00 {code:X2} 00");
            await connection.ReadToEndAsync();
        }

        if (mayHeal)
        {
            using var again = await broker.AcceptReadyAsync();
            await session.WhenReadyAsync(CancellationToken.None).WaitAsync(FakeConnection.Patience);
        }
        else
        {
            Assert.Contains($"0x{code:X2}", (await session.WaitForAsync(MqttSessionState.Failed)).Reason);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is no certificate.")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n")]
    public async Task Not_with_a_file_of_the_certificate_authority_that_has_no_certificate(string content)
    {
        using var folder = new TempFolder();
        var file = folder.File("ca.pem");
        await File.WriteAllTextAsync(file, content);
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options() with { UseTls = true, CaFile = file, Timeout = TimeSpan.FromSeconds(2) });

        Assert.Contains($"{file}, has no certificate in it", (await session.WaitForAsync(MqttSessionState.Failed)).Reason);
    }

    [Fact]
    public async Task Not_for_ever_while_it_is_refused_as_not_authorized()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options(MqttVersion.V311));
        for (var i = 0; i < 3; i++)
        {
            using var connection = await broker.AcceptAsync();
            await connection.ReadPacketAsync();
            await connection.SendAsync("20 02 00 05");
            await connection.ReadToEndAsync();
        }

        Assert.Contains("password", (await session.WaitForAsync(MqttSessionState.Failed)).Reason);
    }

    [Fact]
    public async Task Much_later_while_another_client_takes_the_session_over()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        for (var i = 0; i < 4; i++)
        {
            using var connection = await broker.AcceptReadyAsync();
            await connection.SendAsync("E0 01 8E");
            Assert.Empty(await connection.ReadToEndAsync());
        }

        var reason = await session.WaitForReasonAsync("Another client with the id c");
        Assert.InRange(WaitIn(reason), 150, 300);
    }

    [Fact]
    public async Task And_names_what_may_be_wrong_when_it_is_cut_off_again_and_again()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        for (var i = 1; i <= 11; i++)
        {
            var connection = await broker.AcceptReadyAsync();
            await session.WaitForAsync(MqttSessionState.Ready);
            var waiting = session.WaitForAsync(MqttSessionState.Waiting);
            connection.Reset();

            Assert.Equal(i == 11, (await waiting).Reason.Contains("another client with the id c", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Much_later_when_a_broker_that_lives_hangs_up_again_and_again()
    {
        await using var broker = new FakeBroker();
        var time = new TestTimeProvider();
        await using var session = Sessions.Start(broker.Options(), time: time);
        for (var i = 1; i <= 4; i++)
        {
            var connection = await broker.AcceptReadyAsync();
            await session.WaitForAsync(MqttSessionState.Ready);
            var waiting = session.WaitForAsync(MqttSessionState.Waiting);
            connection.Dispose();
            var reason = (await waiting).Reason;
            Assert.Equal(i == 4, reason.Contains("client with the id c keeps taking the session over", StringComparison.Ordinal));
            var wait = WaitIn(reason);
            Assert.True(i < 4 ? wait < 1 : wait is >= 150 and <= 300, reason);
            time.Advance(TimeSpan.FromSeconds(wait + 0.01));
        }

        using var again = await broker.AcceptReadyAsync();
        await session.WhenReadyAsync(CancellationToken.None).WaitAsync(FakeConnection.Patience);
    }

    [Fact]
    public async Task Much_later_while_it_is_refused_as_not_authorized_although_it_once_was()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options(MqttVersion.V311));
        (await broker.AcceptReadyAsync(MqttVersion.V311)).Reset();
        for (var i = 0; i < 3; i++)
        {
            using var connection = await broker.AcceptAsync();
            await connection.ReadPacketAsync();
            await connection.SendAsync("20 02 00 05");
            await connection.ReadToEndAsync();
        }

        Assert.InRange(WaitIn(await session.WaitForReasonAsync("Next attempt in 1", "Next attempt in 2")), 150, 300);
    }

    [Fact]
    public async Task Again_after_it_has_stood_aside()
    {
        await using var broker = new FakeBroker();
        var time = new TestTimeProvider();
        await using var session = Sessions.Start(broker.Options(), time: time);
        var pauses = new List<TimeSpan>();
        session.Contested += pauses.Add;
        using (var connection = await broker.AcceptReadyAsync())
        {
            await session.WaitForAsync(MqttSessionState.Ready);
            session.StandAside(TimeSpan.FromMinutes(1));
            Assert.Equal(["E000"], await connection.ReadToEndAsync());
        }

        var reason = (await session.WaitForAsync(MqttSessionState.Waiting)).Reason;
        Assert.Equal(60, WaitIn(reason));
        Assert.Empty(pauses);
        time.Advance(TimeSpan.FromMinutes(1));
        using var again = await broker.AcceptReadyAsync();
        await session.WhenReadyAsync(CancellationToken.None).WaitAsync(FakeConnection.Patience);
    }

    [Fact]
    public void Soon_after_a_connection_that_brought_messages()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30), seed: 1);
        for (var i = 0; i < 10; i++)
        {
            backoff.Next();
        }

        Assert.True(backoff.Next() >= TimeSpan.FromSeconds(15));
        backoff.Shorten();
        Assert.InRange(backoff.Next(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task And_says_when_the_broker_has_forgotten_the_session()
    {
        await using var broker = new FakeBroker();
        await using var session = Sessions.Start(broker.Options());
        foreach (var (present, lost) in new[] { (0, false), (0, true), (1, false) })
        {
            Task waiting;
            using (await broker.AcceptReadyAsync(connAck: $"20 03 {present:X2} 00 00"))
            {
                Assert.Equal(lost, (await session.WaitForAsync(MqttSessionState.Ready)).SessionLost);
                waiting = session.WaitForAsync(MqttSessionState.Waiting);
            }

            await waiting;
        }

        Assert.Equal(1, session.Counters.SessionsLost);
    }

    [Fact]
    public async Task Again_when_a_ping_is_not_answered()
    {
        await using var broker = new FakeBroker();
        var time = new TestTimeProvider();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options() with { KeepAlive = TimeSpan.FromMinutes(5) }, receiver, time);

        // The broker's own keep alive, 60 s, counts.
        using var connection = await broker.AcceptReadyAsync(connAck: "20 06 01 00 03 13 003C");
        await connection.PublishAsync(0);
        await receiver.NextAsync();
        await session.WhenReadyAsync(CancellationToken.None).WaitAsync(FakeConnection.Patience);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("C000", await connection.ReadHexAsync());
        await connection.SendAsync("D0 00");
        await connection.PublishAsync(0);
        await receiver.NextAsync();
        var waiting = session.WaitForAsync(MqttSessionState.Waiting);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("C000", await connection.ReadHexAsync());
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Contains("ping", (await waiting).Reason);
    }

    private static double WaitIn(string reason) => double.Parse(reason.Split("Next attempt in ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
}
