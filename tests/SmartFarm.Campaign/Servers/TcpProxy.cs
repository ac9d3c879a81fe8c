using System.Net;
using System.Net.Sockets;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Servers;

/// <summary>What a network does to bytes.</summary>
internal enum NetworkFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Both directions stand still; what was taken arrives when it is over, as after a router's pause.</summary>
    Stalled,

    /// <summary>Both directions are swallowed silently: the half-open connection. It is of no use afterwards and is reset at the end of the fault.</summary>
    Swallowed,

    /// <summary>Only what the client sends is swallowed.</summary>
    UpstreamSwallowed,

    /// <summary>Only what the server sends is swallowed.</summary>
    DownstreamSwallowed,

    /// <summary>20 kB/s in each direction.</summary>
    Slow,

    /// <summary>Every byte in a segment of its own.</summary>
    Torn,

    /// <summary>Nobody answers a connect: it is accepted and closed at once.</summary>
    Refused,
}

/// <summary>A network between a client and a server on loopback that can be made bad.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int SlowBytesPerSecond = 20_000;
    private readonly int _target;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<Pair> _pairs = [];
    private readonly List<Task> _running = [];
    private readonly Task _accepting;
    private readonly Action<object, bool, ReadOnlyMemory<byte>>? _observer;
    private volatile NetworkFault _fault;
    private int _connections;

    /// <param name="targetPort">Where the server is.</param>
    /// <param name="observer">Sees what passes: which connection, whether towards the server, the bytes. Called by two threads for a connection, one for each direction.</param>
    public TcpProxy(int targetPort, Action<object, bool, ReadOnlyMemory<byte>>? observer = null)
    {
        (_target, _observer) = (targetPort, observer);
        Port = Ports.Free();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Connections made through it so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Begins or ends a fault. At the end of one that swallowed bytes the connections are reset, as their streams have holes.</summary>
    public void Set(NetworkFault fault)
    {
        var had = _fault;
        _fault = fault;
        SetExisting(fault);
        if (had is NetworkFault.Swallowed or NetworkFault.UpstreamSwallowed or NetworkFault.DownstreamSwallowed || fault == NetworkFault.Refused)
        {
            Cut();
        }
    }

    /// <summary>Begins a fault on the connections there are; new ones are good. So is a connection half open after a router restarts.</summary>
    public void SetExisting(NetworkFault fault)
    {
        lock (_lock)
        {
            _pairs.ForEach(p => p.Fault = fault);
        }
    }

    /// <summary>Resets every connection: what is under way is lost.</summary>
    public void Cut()
    {
        Pair[] pairs;
        lock (_lock)
        {
            pairs = [.. _pairs];
        }

        foreach (var pair in pairs)
        {
            Reset(pair.Client);
            Reset(pair.Server);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private static void Reset(TcpClient client)
    {
        try
        {
            client.Client.LingerState = new LingerOption(true, 0);
            client.Client.Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or NullReferenceException)
        {
            // It is gone already.
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _running.RemoveAll(t => t.IsCompleted);
                _running.Add(CarryAsync(client));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopping, or the caller is gone already.
            }
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        if (_fault == NetworkFault.Refused)
        {
            return;
        }

        var pair = new Pair(client, server) { Fault = _fault };
        lock (_lock)
        {
            _pairs.Add(pair);
        }

        Interlocked.Increment(ref _connections);

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            (client.NoDelay, server.NoDelay) = (true, true);
            Task[] both = [PumpAsync(pair, isUpstream: true), PumpAsync(pair, isUpstream: false)];
            await Task.WhenAny(both);

            // What the one said before it closed must reach the other: give it the time to read and close in its turn.
            await Task.WhenAny(Task.WhenAll(both), Eventually.PassesAsync(TimeSpan.FromSeconds(1), _stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server is away.
        }

        Reset(client);
        Reset(server);
        lock (_lock)
        {
            _pairs.Remove(pair);
        }
    }

    private async Task PumpAsync(Pair pair, bool isUpstream)
    {
        var (from, to) = isUpstream ? (pair.Client, pair.Server) : (pair.Server, pair.Client);
        var buffer = new byte[16 * 1024];
        try
        {
            var (source, target) = (from.GetStream(), to.GetStream());
            while (await source.ReadAsync(buffer, _stop.Token) is > 0 and var length)
            {
                while (pair.Fault == NetworkFault.Stalled)
                {
                    await Eventually.PassesAsync(TimeSpan.FromMilliseconds(20), _stop.Token);
                }

                var isSwallowed = pair.Fault == NetworkFault.Swallowed || pair.Fault == (isUpstream ? NetworkFault.UpstreamSwallowed : NetworkFault.DownstreamSwallowed);
                if (!isSwallowed)
                {
                    _observer?.Invoke(pair, isUpstream, buffer.AsMemory(0, length));
                    await PassAsync(buffer.AsMemory(0, length), target, pair.Fault);
                }
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two is gone.
        }
    }

    private async Task PassAsync(ReadOnlyMemory<byte> bytes, NetworkStream target, NetworkFault fault)
    {
        var piece = fault switch
        {
            NetworkFault.Torn => 1,
            NetworkFault.Slow => SlowBytesPerSecond / 20,
            _ => bytes.Length,
        };
        while (bytes.Length > 0)
        {
            var part = bytes[..Math.Min(piece, bytes.Length)];
            await target.WriteAsync(part, _stop.Token);
            bytes = bytes[part.Length..];
            if (fault == NetworkFault.Slow)
            {
                await Eventually.PassesAsync(TimeSpan.FromSeconds(part.Length / (double)SlowBytesPerSecond), _stop.Token);
            }
        }
    }

    private sealed class Pair(TcpClient client, TcpClient server)
    {
        private volatile NetworkFault _fault;

        public TcpClient Client => client;

        public TcpClient Server => server;

        public NetworkFault Fault
        {
            get => _fault;
            set => _fault = value;
        }
    }
}
