using System.Threading.Channels;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Session;
using SmartFarm.Testing;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Keep_alive
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private readonly TestTimeProvider _time = new();
    private int _pings;
    private int _deaths;

    [Fact]
    public async Task Keeps_an_idle_session_whose_receiver_takes_time_over_each_batch()
    {
        await using var broker = new FakeBroker();
        var receiver = new SlowReceiver(_time);
        await using var session = Sessions.Start(broker.Options() with { KeepAlive = Interval }, receiver, _time);
        using var connection = await broker.AcceptReadyAsync();
        await receiver.FlushedAsync();
        await receiver.FlushedAsync();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(61));
            Assert.Equal("C000", await connection.ReadHexAsync());
            await connection.SendAsync("D0 00");
            await receiver.FlushedAsync();
        }

        Assert.Equal(MqttSessionState.Ready, session.Status.State);
        Assert.Equal(1, session.Counters.Connections);
    }

    [Fact]
    public void Takes_an_answer_for_one_however_long_it_is_handed_out()
    {
        using var timer = Start();
        for (var i = 1; i <= 5; i++)
        {
            _time.Advance(Interval);
            Assert.Equal(i, _pings);
            Read(timer, TimeSpan.FromTicks(1));
        }

        Assert.Equal(0, _deaths);
    }

    [Fact]
    public void Goes_on_asking_while_messages_only_come_in()
    {
        using var timer = Start();
        for (var second = 0; second < 600; second++)
        {
            Read(timer, TimeSpan.FromTicks(1));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, _pings);
        Assert.Equal(0, _deaths);
    }

    [Fact]
    public void Gives_up_when_nothing_comes_after_a_ping()
    {
        using var timer = Start();
        Read(timer, TimeSpan.FromTicks(1));
        _time.Advance(Interval + TimeSpan.FromSeconds(9));
        Assert.Equal(0, _deaths);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _deaths);
    }

    private KeepAliveTimer Start()
    {
        KeepAliveTimer? timer = null;
        timer = new KeepAliveTimer(_time, TimeSpan.FromSeconds(10), Ping, () => _deaths++);
        timer.Start(Interval);
        return timer;

        void Ping()
        {
            _pings++;
            timer!.OnWritten();
        }
    }

    private void Read(KeepAliveTimer timer, TimeSpan handOut)
    {
        timer.OnRead();
        timer.Pause();
        _time.Advance(handOut);
        timer.Resume();
    }

    /// <summary>Each batch takes it one tick of the clock.</summary>
    private sealed class SlowReceiver(TestTimeProvider time) : IMqttReceiver
    {
        private readonly Channel<bool> _flushed = Channel.CreateUnbounded<bool>();

        public async Task FlushedAsync() => await _flushed.Reader.ReadAsync().AsTask().WaitAsync(FakeConnection.Patience);

        public void OnMessage(in ReceivedMessage message)
        {
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            time.Advance(TimeSpan.FromTicks(1));
            _flushed.Writer.TryWrite(true);
            return ValueTask.CompletedTask;
        }

        public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes) => Assert.Fail(reason);
    }
}
