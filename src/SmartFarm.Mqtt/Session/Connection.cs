using System.Buffers;
using System.IO.Pipelines;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>
/// One connection, from CONNECT to its end: a loop that reads all there is and hands it out before it looks again, and a loop that writes
/// all there is, PUBACKs included, at once.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly TaskCompletionSource<ConnectionEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionParts _parts;
    private readonly Stream _stream;
    private readonly OutputBuffer _output = new();
    private readonly AckQueue _acks;
    private readonly Conversation _conversation;
    private readonly PacketReader _reader;
    private readonly KeepAliveTimer _keepAlive;
    private volatile bool _isDraining;
    private volatile bool _isClosing;

    public Connection(SessionParts parts, Stream stream, int number, bool hadSession)
    {
        (_parts, _stream, Number) = (parts, stream, number);
        _acks = new AckQueue(parts.Options.ReceiveMaximum);
        _conversation = new Conversation(parts, _output, _acks, number, hadSession);
        _reader = new PacketReader(parts.Options.MaxPacketSize, Oversize.CutPublish);
        _keepAlive = new KeepAliveTimer(parts.Time, parts.Options.Timeout, Ping, () =>
            Close(EndKind.Retry, $"The broker did not answer a ping within {parts.Options.Timeout.TotalSeconds:0.#} s."));
    }

    private enum Drained
    {
        All,
        Full,
        Ended,
    }

    /// <summary>Counted from 1.</summary>
    public int Number { get; }

    /// <summary>Completes when connected and subscribed; says whether the broker had forgotten our session.</summary>
    public Task<bool> Ready => _conversation.Ready;

    public async Task<ConnectionEnd> RunAsync(CancellationToken stop)
    {
        using var cancel = new CancellationTokenSource();
        await using var stopping = stop.UnsafeRegister(_ => _end.TrySetResult(new ConnectionEnd(EndKind.Stopped, "Stopped.", ReasonCode.Success)), null);
        await using var deadline = _parts.Time.CreateTimer(_ => CloseUnlessReady(), null, _parts.Options.Timeout, Timeout.InfiniteTimeSpan);
        _conversation.Open();
        var reading = ReadAsync(cancel.Token);
        using var cancelWriting = new CancellationTokenSource();
        var writing = WriteAsync(cancelWriting.Token);

        var end = await _end.Task;
        _keepAlive.Dispose();
        await cancel.CancelAsync();
        await reading;
        _parts.Publisher.Disconnect();
        await SayGoodbyeAsync(end, writing);
        await cancelWriting.CancelAsync();
        await writing;
        return end;
    }

    /// <summary>See <see cref="IMqttSession.Acknowledge"/>.</summary>
    public void Acknowledge(long sequence)
    {
        // While the reader hands out a batch, it wakes the writer itself at the end.
        if (_acks.Complete(sequence) && !_isDraining)
        {
            _output.Wake();
        }
    }

    public void Dispose()
    {
        _keepAlive.Dispose();
        _stream.Dispose();
        _reader.Dispose();
    }

    private void Close(EndKind kind, string reason) => _end.TrySetResult(new ConnectionEnd(kind, reason));

    private void CloseUnlessReady()
    {
        if (!Ready.IsCompleted)
        {
            Close(EndKind.Retry, $"The broker did not answer within {_parts.Options.Timeout.TotalSeconds:0.#} s.");
        }
    }

    private void Ping() => _output.Write(0, static (bytes, _) => PingPacket.WriteRequest(bytes));

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await pipe.ReadAsync(cancellationToken);
                _keepAlive.OnRead();
                var buffer = result.Buffer;
                var drained = Drain(ref buffer);
                await HandOutAsync(cancellationToken);
                while (drained == Drained.Full)
                {
                    await WaitForRoomAsync(cancellationToken);
                    drained = Drain(ref buffer);
                    await HandOutAsync(cancellationToken);
                }

                if (drained == Drained.Ended)
                {
                    return;
                }

                if (result.IsCompleted)
                {
                    Close(EndKind.Retry, buffer.IsEmpty && !_reader.IsInsidePacket
                        ? "The broker closed the connection."
                        : "The connection broke inside a packet.");
                    return;
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The connection has ended; its end is known.
        }
        catch (Exception e)
        {
            Close(EndKind.Retry, $"The connection was lost: {e.Message}");
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private Drained Drain(ref ReadOnlySequence<byte> buffer)
    {
        _isDraining = true;
        try
        {
            while (true)
            {
                // MQTT 3.1.1 has no Receive Maximum: what is too much stays in the network.
                if (_parts.Options.Version == MqttVersion.V311 && _acks.IsFull)
                {
                    return Drained.Full;
                }

                var start = buffer;
                var status = _reader.Read(ref buffer, out var frame, out var fault);
                if (status == ReadStatus.NotYet)
                {
                    return Drained.All;
                }

                fault = status == ReadStatus.Packet ? _conversation.Handle(frame) : fault;
                if (fault.IsFault)
                {
                    _parts.ReportProtocolError(fault.Reason, start.FirstSpan);
                    _end.TrySetResult(ConnectionEnd.OfFault(fault));
                    return Drained.Ended;
                }

                if (_conversation.End is { } end)
                {
                    _end.TrySetResult(end);
                    return Drained.Ended;
                }
            }
        }
        finally
        {
            _isDraining = false;
            if (_acks.HasDue)
            {
                _output.Wake();
            }
        }
    }

    private async ValueTask HandOutAsync(CancellationToken cancellationToken)
    {
        if (Ready.IsCompleted)
        {
            _keepAlive.Start(_conversation.KeepAlive);
        }

        _keepAlive.Pause();
        await _parts.FlushAsync(cancellationToken);
        _keepAlive.Resume();
    }

    private async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        _keepAlive.Pause();
        await _acks.WhenRoomAsync(cancellationToken);
        _keepAlive.Resume();
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var isLast = _isClosing;
                var bytes = isLast ? _output.Take(_acks) : await _output.TakeAsync(_acks, cancellationToken);
                if (!bytes.IsEmpty)
                {
                    await _stream.WriteAsync(bytes, cancellationToken);
                    _keepAlive.OnWritten();
                    _parts.Publisher.OnWritten();
                }

                if (isLast)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The connection has ended; its end is known.
        }
        catch (Exception e)
        {
            Close(EndKind.Retry, $"The connection was lost: {e.Message}");
        }
    }

    // MQTT 3.1.1 knows only the clean DISCONNECT, after which the broker would forget the will.
    private async Task SayGoodbyeAsync(ConnectionEnd end, Task writing)
    {
        if (end.Goodbye is not { } code || (_parts.Options.Version == MqttVersion.V311 && code != ReasonCode.Success))
        {
            return;
        }

        _output.Close(_acks, (code, _parts.Options.Version), static (bytes, g) =>
            new DisconnectPacket { Type = PacketType.Disconnect, ReasonCode = g.code }.WriteTo(bytes, g.Version));
        _isClosing = true;
        _output.Wake();
        try
        {
            await writing.WaitAsync(_parts.Options.Timeout, _parts.Time);
        }
        catch (TimeoutException)
        {
            // The broker does not even read: it will notice that we are gone.
        }
    }
}
