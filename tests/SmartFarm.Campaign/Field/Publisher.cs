using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;
using SmartFarm.Testing;

namespace SmartFarm.Campaign.Field;

/// <summary>The devices' side of a real broker: publishes the fleet's messages with QoS 1 and writes down every PUBACK.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private const int Window = 500;
    private readonly Fleet _fleet;
    private readonly MqttSession _session;
    private readonly SemaphoreSlim _window = new(Window);
    private long _published;
    private Exception? _fault;

    public Publisher(Fleet fleet, AckLog acks, int port)
    {
        (_fleet, Acks) = (fleet, acks);
        var options = new MqttSessionOptions
        {
            Host = "127.0.0.1", Port = port, ClientId = "devices", MinBackoff = TimeSpan.FromMilliseconds(50), MaxBackoff = TimeSpan.FromMilliseconds(200),
        };
        _session = new MqttSession(options, null, TimeProvider.System, NullLogger<MqttSession>.Instance);
        _session.Start();
    }

    /// <summary>What mosquitto acknowledged.</summary>
    public AckLog Acks { get; }

    /// <summary>Messages handed to the session so far.</summary>
    public long Published => Interlocked.Read(ref _published);

    public Task WhenReadyAsync() => _session.WhenReadyAsync(CancellationToken.None);

    /// <summary>Publishes until that many are out or it is cancelled, and waits for every PUBACK of what was begun.</summary>
    /// <param name="upTo">Number of the first message that is not published.</param>
    /// <param name="rate">Messages per second at most; 0: as fast as acknowledgements allow.</param>
    public async Task RunAsync(long upTo, int rate, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        var first = Published;
        while (Published < upTo && !cancellationToken.IsCancellationRequested)
        {
            var n = Published;
            if (rate > 0 && n - first > watch.Elapsed.TotalSeconds * rate)
            {
                await Eventually.PassesAsync(TimeSpan.FromMilliseconds(2), CancellationToken.None);
                continue;
            }

            await _window.WaitAsync(CancellationToken.None);
            Interlocked.Increment(ref _published);
            _ = PublishAsync(n);
        }

        for (var i = 0; i < Window; i++)
        {
            await _window.WaitAsync(CancellationToken.None);
        }

        _window.Release(Window);
        if (_fault is not null)
        {
            throw new InvalidOperationException($"The publisher failed: {_fault.Message}", _fault);
        }
    }

    /// <summary>Publishes something else than the fleet's messages.</summary>
    public async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload) => await _session.PublishAsync(new MqttMessage(topic, payload), CancellationToken.None);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task PublishAsync(long n)
    {
        var payload = new byte[128];
        var length = _fleet.WritePayload(n, payload);
        try
        {
            await _session.PublishAsync(new MqttMessage($"farm/{Fleet.Site}/{Fleet.NameOf(_fleet.DeviceOf(n))}/telemetry", payload.AsMemory(0, length)), CancellationToken.None);
            Acks.Add(n);
            Acks.Flush();
        }
        catch (Exception e)
        {
            _fault ??= e;
        }
        finally
        {
            _window.Release();
        }
    }
}
