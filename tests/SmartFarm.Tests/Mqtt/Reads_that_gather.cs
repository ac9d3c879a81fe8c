using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using SmartFarm.Mqtt.Session;
using SmartFarm.Testing;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

/// <summary>A session with a thread of its own for reading, and the stream behind it. Linux only.</summary>
[SupportedOSPlatform("linux")]
public sealed class Reads_that_gather : IDisposable
{
    // So long that a test that waited for it would not pass.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);
    private readonly Socket _sender = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Socket _receiver;

    public Reads_that_gather()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads gather on Linux only.");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _sender.Connect(listener.LocalEndpoint);
        _receiver = listener.AcceptSocket();
    }

    [Fact]
    public async Task Bring_small_packets_together()
    {
        await using var stream = new PatientStream(_receiver, TimeSpan.FromMilliseconds(50));
        var buffer = new byte[100];
        var read = stream.ReadAsync(buffer);
        for (var i = 0; i < 5; i++)
        {
            _sender.Send([(byte)i]);
        }

        Assert.Equal(5, await read.AsTask().WaitAsync(FakeConnection.Patience));
        Assert.Equal([0, 1, 2, 3, 4], buffer[..5]);
    }

    [Fact]
    public async Task Do_not_wait_for_long_any_more_when_that_was_in_vain()
    {
        const int InVain = 3;
        await using var stream = new PatientStream(_receiver, TimeSpan.FromSeconds(1));
        var took = new List<TimeSpan>();
        for (var i = 0; i < InVain + 2; i++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var read = stream.ReadAsync(new byte[10]);
            _sender.Send([1]);
            Assert.Equal(1, await read.AsTask().WaitAsync(TimeSpan.FromSeconds(60)));
            took.Add(watch.Elapsed);
        }

        Assert.All(took[..InVain], t => Assert.True(t > TimeSpan.FromSeconds(0.9), $"A read took {t} only."));
        Assert.True(took[^1] + took[^2] < TimeSpan.FromSeconds(1.8), $"The last reads took {took[^2]} and {took[^1]}.");
    }

    [Fact]
    public async Task Do_not_wait_when_much_has_come()
    {
        await using var stream = new PatientStream(_receiver, Long);
        var read = stream.ReadAsync(new byte[2 * PatientStream.Worth]);
        _sender.Send(new byte[PatientStream.Worth]);

        Assert.InRange(await read.AsTask().WaitAsync(FakeConnection.Patience), PatientStream.Worth, 2 * PatientStream.Worth);
    }

    [Fact]
    public async Task Give_what_there_is_and_then_nothing_when_the_other_side_leaves()
    {
        await using var stream = new PatientStream(_receiver, Long);
        _sender.Send([1, 2, 3]);
        _sender.Shutdown(SocketShutdown.Send);

        Assert.Equal(3, await stream.ReadAsync(new byte[10]).AsTask().WaitAsync(FakeConnection.Patience));
        Assert.Equal(0, await stream.ReadAsync(new byte[10]).AsTask().WaitAsync(FakeConnection.Patience));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task End_when_cancelled_and_what_is_written_still_goes_out(bool hasBytes)
    {
        await using var stream = new PatientStream(_receiver, TimeSpan.FromSeconds(1));
        using var cancel = new CancellationTokenSource();
        var read = stream.ReadAsync(new byte[10], cancel.Token).AsTask();
        if (hasBytes)
        {
            _sender.Send([1]);
        }

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(FakeConnection.Patience));
        await stream.WriteAsync(new byte[] { 7 });

        var got = new byte[1];
        Assert.Equal(1, await _sender.ReceiveAsync(got).WaitAsync(FakeConnection.Patience));
        Assert.Equal(7, got[0]);
    }

    [Fact]
    public async Task A_write_to_a_broker_that_reads_nothing_ends_when_cancelled()
    {
        await using var stream = new PatientStream(_receiver, Long);
        using var cancel = new CancellationTokenSource();
        var write = Task.Run(async () => await stream.WriteAsync(new byte[64 << 20], cancel.Token));
        await Eventually.Is(() => Task.FromResult(_sender.Available), available => available > 0);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.WaitAsync(FakeConnection.Patience));
    }

    [Fact]
    public async Task A_connect_that_nobody_answers_ends_when_cancelled()
    {
        // A backlog of one that is full: the kernel answers nobody any more.
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var waiting = new List<Task>();
        using var cancel = new CancellationTokenSource();
        var sockets = Enumerable.Range(0, 5).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var socket in sockets)
        {
            waiting.Add(PatientStream.ConnectAsync(socket, "127.0.0.1", port, cancel.Token));
        }

        await Eventually.Is(() => Task.FromResult(waiting.Count(t => t.IsCompleted)), done => done > 0);
        await cancel.CancelAsync();
        await Task.WhenAll(waiting).WaitAsync(FakeConnection.Patience).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.All(waiting, t => Assert.True(t.IsCompleted));
        Assert.Contains(waiting, t => t.IsCanceled);
        sockets.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task End_when_the_stream_is_disposed_of()
    {
        var stream = new PatientStream(_receiver, Long);
        var read = stream.ReadAsync(new byte[10]).AsTask();
        await stream.DisposeAsync();

        var fault = await Record.ExceptionAsync(() => read.WaitAsync(FakeConnection.Patience));
        Assert.NotNull(fault);
        Assert.IsNotType<TimeoutException>(fault);
    }

    [Fact]
    public async Task Carry_a_whole_session()
    {
        await using var broker = new FakeBroker();
        var receiver = new RecordingReceiver();
        await using var session = Sessions.Start(broker.Options() with { ReadPatience = TimeSpan.FromMilliseconds(5) }, receiver);
        using (var first = await broker.AcceptReadyAsync())
        {
            await first.PublishAsync(1);
            session.Acknowledge((await receiver.NextAsync()).Ticket);
            Assert.Equal("40020001", await first.ReadHexAsync());
        }

        using var second = await broker.AcceptReadyAsync();
        await second.PublishAsync(2, payload: new string('x', 100_000));
        await second.PublishAsync(3);
        await second.PublishAsync(4);
        var large = await receiver.NextAsync();
        Assert.Equal(100_000, large.Payload.Length);
        await receiver.NextAsync();
        await receiver.NextAsync();
        session.Acknowledge(large.Ticket, 3);
        await session.StopAsync(CancellationToken.None);

        Assert.Equal(["40020002", "40020003", "40020004", "E000"], await second.ReadToEndAsync());
    }

    public void Dispose()
    {
        _sender.Dispose();
        _receiver?.Dispose();
    }
}
