using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using SmartFarm.IntegrationTests.Worker;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Life;

/// <summary>What the service manager hears on a real socket.</summary>
public sealed class A_worker_under_systemd : IAsyncLifetime
{
    private readonly TempFolder _farm = new();
    private readonly Mosquitto _broker = new();
    private readonly List<string> _heard = [];
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private Socket? _manager;
    private WorkerProcess _worker = null!;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, "mosquitto is not installed.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is a thing of Linux.");
        TestFarm.Write(_farm);
        _manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        _manager.Bind(new UnixDomainSocketEndPoint(_farm.File("notify")));
        _ = ListenAsync(_manager);
        _worker = new WorkerProcess(
            _farm.Path,
            ("SmartFarm__Mqtt__Port", $"{_broker.Port}"),
            ("NOTIFY_SOCKET", _farm.File("notify")),
            ("WATCHDOG_USEC", "1500000"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        _manager?.Dispose();
        await _broker.DisposeAsync();
        _farm.Dispose();
    }

    [Fact]
    public async Task It_is_ready_only_when_the_field_is_subscribed_then_a_pulse_then_stopping()
    {
        _worker.Launch();
        var first = await NextAsync(told => told.StartsWith("STATUS=") && told.Contains("cannot be reached"));
        Assert.DoesNotContain("READY=1", first);

        await _broker.StartAsync();
        Assert.Contains("STATUS=Taking and keeping readings.", await NextAsync(told => told == "STATUS=Taking and keeping readings."));
        Assert.Contains("READY=1", _heard);
        var pulses = _heard.Count(told => told == "WATCHDOG=1");
        await NextAsync(_ => _heard.Count(told => told == "WATCHDOG=1") >= pulses + 3);

        Assert.Equal(0, await _worker.TerminateAsync(TimeSpan.FromSeconds(20)));
        await NextAsync(told => told == "STOPPING=1");
        Assert.Single(_heard, told => told == "READY=1");
    }

    private async Task<string> NextAsync(Func<string, bool> fits)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (true)
        {
            var told = await _told.Reader.ReadAsync(patience.Token);
            _heard.Add(told);
            if (fits(told))
            {
                return string.Join('\n', _heard);
            }
        }
    }

    private async Task ListenAsync(Socket manager)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var length = await manager.ReceiveAsync(buffer);
                _told.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _told.Writer.TryComplete();
        }
    }
}
