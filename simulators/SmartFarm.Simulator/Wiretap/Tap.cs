using System.Net;
using System.Net.Sockets;

namespace SmartFarm.Simulator.Wiretap;

/// <summary>
/// A relay on this machine between nodes and their broker that shows every byte which passes, unchanged. Dispose it when the nodes are done.
/// </summary>
internal sealed class Tap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _talks = [];
    private readonly (string Host, int Port) _broker;
    private readonly Action<string> _show;
    private readonly TimeProvider _time;
    private readonly Task _accepting;

    /// <param name="host">Host of the broker.</param>
    /// <param name="port">Its port.</param>
    /// <param name="show">Takes the text of each packet; called from several threads.</param>
    /// <param name="time">The clock.</param>
    public Tap(string host, int port, Action<string> show, TimeProvider time)
    {
        (_broker, _show, _time) = ((host, port), show, time);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where nodes connect to, on 127.0.0.1.</summary>
    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_talks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var node = await _listener.AcceptTcpClientAsync(_stop.Token);
            _talks.RemoveAll(talk => talk.IsCompleted);
            _talks.Add(RelayAsync(node));
        }
    }

    private async Task RelayAsync(TcpClient node)
    {
        using (node)
        using (var broker = new TcpClient())
        {
            using var talk = new Talk(_show, _time);
            try
            {
                await broker.ConnectAsync(_broker.Host, _broker.Port, _stop.Token);
                (node.NoDelay, broker.NoDelay) = (true, true);
                var (up, down) = (PumpAsync(node, broker, talk.Up), PumpAsync(broker, node, talk.Down));
                var ended = await Task.WhenAny(up, down);
                talk.End(ended == up ? "the node closed it" : "the broker closed it");

                // The other direction ends with its socket, after what is still on the way.
                (ended == up ? broker : node).Client.Shutdown(SocketShutdown.Send);
                await Task.WhenAll(up, down);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                talk.End(e.Message);
            }
            catch (OperationCanceledException)
            {
                // The tap is being closed.
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, TapBytes show)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = await from.GetStream().ReadAsync(buffer, _stop.Token);
            if (count == 0)
            {
                return;
            }

            show(buffer.AsSpan(0, count));
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }

    private delegate void TapBytes(ReadOnlySpan<byte> bytes);
}
