using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;

namespace SmartFarm.IntegrationTests.Life;

/// <summary>A device that publishes numbered readings with QoS 1 until it is told to stop, and counts what the broker has acknowledged.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private const int MostOpen = 500;
    private readonly MqttSession _session;
    private readonly Func<int, string> _payload;
    private readonly TimeSpan _pause;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _window = new(MostOpen);
    private Task _running = Task.CompletedTask;
    private int _acknowledged;
    private int _published;

    /// <param name="port">Port of the broker.</param>
    /// <param name="perSecond">How many messages a second it tries to publish.</param>
    /// <param name="payload">Makes a payload from the number of the message.</param>
    public Publisher(int port, int perSecond, Func<int, string> payload)
    {
        (_payload, _pause) = (payload, TimeSpan.FromMilliseconds(10));
        PerPause = perSecond / 100;
        _session = new MqttSession(new MqttSessionOptions { Host = "127.0.0.1", Port = port, ClientId = "publisher" }, null, TimeProvider.System, NullLogger<MqttSession>.Instance);
    }

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public int Published => Volatile.Read(ref _published);

    private int PerPause { get; }

    public async Task StartAsync()
    {
        _session.Start();
        await _session.WhenReadyAsync(default);
        _running = RunAsync();
    }

    /// <summary>Stops, and waits until everything published is acknowledged by the broker.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _running;
        for (var i = 0; i < MostOpen; i++)
        {
            await _window.WaitAsync();
        }

        _window.Release(MostOpen);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        await _session.DisposeAsync();
        _end.Dispose();
        _window.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_pause);
        while (!_end.IsCancellationRequested)
        {
            for (var i = 0; i < PerPause; i++)
            {
                await _window.WaitAsync();
                _ = PublishAsync(Interlocked.Increment(ref _published));
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private async Task PublishAsync(int number)
    {
        await _session.PublishAsync(new MqttMessage("farm/t1/climate-1/telemetry", Encoding.UTF8.GetBytes(_payload(number))), default);
        Interlocked.Increment(ref _acknowledged);
        _window.Release();
    }
}
