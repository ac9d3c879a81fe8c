using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Simulator.Load;

/// <summary>
/// One connection that several devices share. It is leaner than a session: a message is a packet made beforehand, nothing is sent twice, and what a broken connection had not
/// acknowledged counts as lost, because to count is what a load is for. It connects again a second later.
/// <see cref="Send"/> is called by one thread.
/// </summary>
/// <param name="broker">Where the broker is, and who we are.</param>
/// <param name="frames">The packets of its devices.</param>
/// <param name="meter">Counts.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadConnection(MqttSessionOptions broker, DeviceFrames frames, LoadMeter meter, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Most messages on their way at a time, whatever the broker takes: they fit into the socket's buffer, so that a write does not block.</summary>
    private const int LargestWindow = 256;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private LoadChannel? _channel;
    private InFlight? _inFlight;
    private Task _running = Task.CompletedTask;
    private long _sent;

    /// <summary>Connects, and then keeps connected.</summary>
    /// <exception cref="SimulatorException">The broker cannot be reached, or refuses us.</exception>
    public async Task StartAsync(CancellationToken cancellationToken) => _running = RunAsync(await ConnectAsync(cancellationToken));

    /// <summary>Sends its messages up to a number, as many as the broker takes now.</summary>
    /// <param name="goal">Messages that are due.</param>
    /// <param name="dueTime">When a message is due, by its number.</param>
    /// <param name="began">Wall time of the start.</param>
    /// <param name="buffer">Room for packets.</param>
    public void Send(long goal, Func<long, TimeSpan> dueTime, DateTimeOffset began, byte[] buffer)
    {
        LoadChannel channel;
        var used = 0;
        lock (_lock)
        {
            if (_channel is null || _inFlight is null)
            {
                return;
            }

            channel = _channel;
            var now = meter.Elapsed;
            for (; _sent < goal && _inFlight.Room > 0 && used + frames.Size <= buffer.Length; _sent++, used += frames.Size)
            {
                var due = dueTime(_sent);
                frames.Write(buffer.AsSpan(used), _sent, _inFlight.Add(due), (began + due).UtcDateTime);
                meter.CountSent(due, now);
            }
        }

        if (used > 0)
        {
            channel.Send(buffer.AsSpan(0, used));
        }
    }

    /// <summary>Disconnects; what is not acknowledged by then counts as that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        lock (_lock)
        {
            _channel?.Close();
        }

        await _running;
        _stop.Dispose();
    }

    private async Task<LoadChannel> ConnectAsync(CancellationToken cancellationToken)
    {
        var channel = await LoadDialer.OpenAsync(broker, time, cancellationToken);
        lock (_lock)
        {
            (_channel, _inFlight) = (channel, new InFlight(Math.Min(channel.ReceiveMaximum, LargestWindow)));
        }

        return channel;
    }

    private async Task RunAsync(LoadChannel channel)
    {
        while (true)
        {
            var reason = await channel.ReceiveAsync(OnPacket);
            lock (_lock)
            {
                meter.CountUnacknowledged(_inFlight!.Count);
                (_channel, _inFlight) = (null, null);
            }

            channel.Dispose();
            if (_stop.IsCancellationRequested || await ReconnectAsync(reason) is not { } next)
            {
                return;
            }

            channel = next;
        }
    }

    private async Task<LoadChannel?> ReconnectAsync(string reason)
    {
        meter.CountBroken(reason);
        while (true)
        {
            await Task.Delay(Pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                return _stop.IsCancellationRequested ? null : await ConnectAsync(_stop.Token);
            }
            catch (Exception e) when (e is SimulatorException or OperationCanceledException)
            {
                // The broker is still away: the end of the connection has been counted, and what comes due meanwhile is sent later or counted at the end.
            }
        }
    }

    private void OnPacket(in Frame frame)
    {
        if (frame.Type != PacketType.PubAck)
        {
            return;
        }

        var isRead = AckPacket.TryRead(frame, MqttVersion.V5, out var packet, out _);
        TimeSpan? due;
        lock (_lock)
        {
            due = isRead ? _inFlight?.Remove(packet.PacketId) : null;
        }

        if (due is { } known)
        {
            meter.CountAnswer(known, meter.Elapsed, packet.ReasonCode);
        }
        else
        {
            meter.CountUnexpected();
        }
    }
}
