using System.Net.Sockets;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>One connection, from CONNECT to its end, which the first of five may bring: the broker, the network, a ping, a deadline, or our own stop.</summary>
internal sealed class Connection : IDisposable
{
    // Like SO_LINGER this is the time of a system call, not a timer of the session.
    private static readonly TimeSpan s_linger = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource<ConnectionEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionParts _parts;
    private readonly Stream _stream;
    private readonly OutputBuffer _output = new();
    private readonly AckQueue _acks;
    private readonly Conversation _conversation;
    private readonly KeepAliveTimer _keepAlive;
    private readonly ReceiveLoop _receiving;
    private readonly SendLoop _sending;

    public Connection(SessionParts parts, Stream stream, int number, bool hadSession)
    {
        (_parts, _stream, Number) = (parts, stream, number);
        _acks = new AckQueue(parts.Options.ReceiveMaximum);
        _conversation = new Conversation(parts, _output, _acks, number, hadSession);
        _keepAlive = new KeepAliveTimer(parts.Time, parts.Options.Timeout, Ping, () => EndUnanswered("a ping "));
        _receiving = new ReceiveLoop(parts, stream, _conversation, _acks, _output, _keepAlive);
        _sending = new SendLoop(parts, stream, _acks, _output, _keepAlive);
    }

    /// <summary>Counted from 1.</summary>
    public int Number { get; }

    /// <summary>Completes when connected and subscribed; says whether the broker had forgotten our session.</summary>
    public Task<bool> Ready => _conversation.Ready;

    public async Task<ConnectionEnd> RunAsync(CancellationToken stop)
    {
        using var cancel = new CancellationTokenSource();
        using var cancelSending = new CancellationTokenSource();
        await using var stopping = stop.UnsafeRegister(_ => _end.TrySetResult(new ConnectionEnd(EndKind.Stopped, "Stopped.", ReasonCode.Success)), null);
        await using var deadline = _parts.Time.CreateTimer(_ => EndUnlessReady(), null, _parts.Options.Timeout, Timeout.InfiniteTimeSpan);
        _conversation.Open();
        var receiving = EndWithAsync(_receiving.RunAsync(cancel.Token));
        var sending = EndWithAsync(_sending.RunAsync(cancelSending.Token));

        var end = await _end.Task;
        _keepAlive.Dispose();
        await cancel.CancelAsync();
        await receiving;
        _parts.Publisher.Disconnect();
        if (end.Goodbye is { } goodbye)
        {
            await _sending.FinishAsync(sending, goodbye);
        }

        if (end.Kind == EndKind.Stopped)
        {
            await DrainAsync();
        }

        await cancelSending.CancelAsync();
        await sending;
        return end;
    }

    /// <summary>See <see cref="IMqttSession.Acknowledge"/>.</summary>
    public void Acknowledge(long first, int count)
    {
        if (_acks.Complete(first, count) && !_receiving.IsDraining)
        {
            _output.Wake();
        }
    }

    /// <summary>See <see cref="MqttSession.StandAside"/>.</summary>
    public void StandAside() => _end.TrySetResult(new ConnectionEnd(EndKind.Aside, MqttSession.MakingWay, ReasonCode.Success));

    public void Dispose()
    {
        _keepAlive.Dispose();
        _stream.Dispose();
        _receiving.Dispose();
    }

    /// <summary>
    /// Reads what still comes until the broker hangs up: to close a socket with unread bytes resets the connection (RFC 9293 §3.10.4, RFC 2525
    /// §2.17), and the broker may then never read the acknowledgements that were sent last.
    /// </summary>
    private async Task DrainAsync()
    {
        using var patience = new CancellationTokenSource(s_linger, TimeProvider.System);
        var rest = new byte[16 * 1024];
        try
        {
            while (await _stream.ReadAsync(rest, patience.Token) > 0)
            {
                // What comes now is not acknowledged, and comes again.
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It has hung up the hard way, or does not hang up.
        }
    }

    private async Task EndWithAsync(Task<ConnectionEnd?> loop)
    {
        if (await loop is { } end)
        {
            _end.TrySetResult(end);
        }
    }

    private void EndUnlessReady()
    {
        if (!Ready.IsCompleted)
        {
            EndUnanswered("");
        }
    }

    private void EndUnanswered(string what) =>
        _end.TrySetResult(new ConnectionEnd(EndKind.Retry, $"The broker did not answer {what}within {_parts.Options.Timeout.TotalSeconds:0.#} s."));

    private void Ping() => _output.Write(0, static (bytes, _) => PingPacket.WriteRequest(bytes));
}
