using System.Net;
using System.Net.Sockets;
using SmartFarm.Campaign.Field;

namespace SmartFarm.Campaign.Servers;

/// <summary>
/// A broker for one worker that has the fleet's messages ready and keeps the worker's session: what the worker did not acknowledge it sends again
/// after the next connect. It writes down every PUBACK of the worker, and what in them is against MQTT.
/// </summary>
internal sealed class FakeBroker : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    public FakeBroker(Fleet fleet, AckLog acks, int port, BrokerBehaviour? behaviour = null)
    {
        (Fleet, Acks, Port, Behaviour) = (fleet, acks, port, behaviour ?? new BrokerBehaviour());
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Fleet Fleet { get; }

    /// <summary>What the worker acknowledged.</summary>
    public AckLog Acks { get; }

    public int Port { get; }

    public BrokerBehaviour Behaviour { get; }

    /// <summary>The session of the worker's telemetry client.</summary>
    public TelemetrySession Session { get; } = new();

    /// <summary>Messages handed to connections so far, as first transmissions.</summary>
    public long Published => Session.NextNumber;

    /// <summary>Acknowledgements against the protocol: out of order, of nothing sent.</summary>
    public BrokerFindings Findings { get; } = new();

    /// <summary>Lets messages below this number go out.</summary>
    public void Allow(long upTo, int rate = 0) => Session.Allow(upTo, rate);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _connections.RemoveAll(c => c.IsCompleted);
                _connections.Add(new BrokerConnection(this, client).RunAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopping, or the caller is gone already.
            }
        }
    }
}

/// <summary>What the worker did against MQTT, and what it did often.</summary>
internal sealed class BrokerFindings
{
    private long _connections, _redelivered, _outOfOrder, _heartbeats;

    public long Connections => Interlocked.Read(ref _connections);

    public long Redelivered => Interlocked.Read(ref _redelivered);

    /// <summary>PUBACKs in another order than their messages [MQTT-4.6.0-2], or for nothing that was sent.</summary>
    public long OutOfOrder => Interlocked.Read(ref _outOfOrder);

    /// <summary>Messages published by the worker.</summary>
    public long FromWorker => Interlocked.Read(ref _heartbeats);

    public int Connected() => (int)Interlocked.Increment(ref _connections);

    public void Again(long messages) => Interlocked.Add(ref _redelivered, messages);

    public void AckOutOfOrder() => Interlocked.Increment(ref _outOfOrder);

    public void Heard() => Interlocked.Increment(ref _heartbeats);
}
