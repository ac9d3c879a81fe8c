using System.Buffers;
using System.IO.Pipelines;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>
/// Reads all there is, hands it out, and looks again only when the receiver is done with the batch. How bytes are waited for is known
/// here only.
/// </summary>
internal sealed class ReceiveLoop(
    SessionParts parts, Stream stream, Conversation conversation, AckQueue acks, OutputBuffer output, KeepAliveTimer keepAlive) : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly PacketReader _reader = new(parts.Options.MaxPacketSize, Oversize.CutPublish);
    private volatile bool _isDraining;

    private enum Drained
    {
        All,
        Full,
        Ended,
    }

    /// <summary>Whether a batch is being handed out: at its end the writer is woken for all its acknowledgements together.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Runs until the connection ends, and says how.</summary>
    public async Task<ConnectionEnd?> RunAsync(CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await pipe.ReadAsync(cancellationToken);
                keepAlive.OnRead();
                var buffer = result.Buffer;
                ConnectionEnd? end;
                while (Drain(ref buffer, out end) == Drained.Full)
                {
                    await HandOutAsync(cancellationToken);
                    await WaitForRoomAsync(cancellationToken);
                }

                await HandOutAsync(cancellationToken);
                if (end is not null)
                {
                    return end;
                }

                if (result.IsCompleted)
                {
                    return Ended(buffer);
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (Exception e)
        {
            return new ConnectionEnd(EndKind.Retry, $"The connection was lost: {e.Message}");
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    public void Dispose() => _reader.Dispose();

    private Drained Drain(ref ReadOnlySequence<byte> buffer, out ConnectionEnd? end)
    {
        end = null;
        _isDraining = true;
        try
        {
            while (true)
            {
                // MQTT 3.1.1 has no Receive Maximum, and mosquitto with max_inflight_messages 0 ignores it: what is too much stays in the network.
                if (acks.IsFull && NextNeedsAck(buffer))
                {
                    return Drained.Full;
                }

                var start = buffer;
                var status = _reader.Read(ref buffer, out var frame, out var fault);
                if (status == ReadStatus.NotYet)
                {
                    return Drained.All;
                }

                fault = status == ReadStatus.Packet ? conversation.Handle(frame) : fault;
                if (fault.IsFault)
                {
                    parts.ReportProtocolError(fault.Reason, start.FirstSpan);
                }

                end = fault.IsFault ? ConnectionEnd.OfFault(fault) : conversation.End;
                if (end is not null)
                {
                    return Drained.Ended;
                }
            }
        }
        finally
        {
            _isDraining = false;
            if (acks.HasDue)
            {
                output.Wake();
            }
        }
    }

    /// <summary>What arrived of a packet whose rest never comes is told to the receiver: nothing disappears unnamed.</summary>
    private ConnectionEnd Ended(in ReadOnlySequence<byte> rest)
    {
        const string Broken = "The connection broke inside a packet.";
        if (rest.IsEmpty && !_reader.IsInsidePacket)
        {
            return new ConnectionEnd(EndKind.HungUp, "The broker closed the connection.");
        }

        parts.ReportProtocolError(Broken, rest.FirstSpan);
        return new ConnectionEnd(EndKind.Retry, Broken);
    }

    private bool NextNeedsAck(in ReadOnlySequence<byte> buffer) =>
        !_reader.IsInsidePacket && new SequenceReader<byte>(buffer).TryPeek(out var header) && header >> 4 == (int)PacketType.Publish && (header & 0b110) != 0;

    private async ValueTask HandOutAsync(CancellationToken cancellationToken)
    {
        if (conversation.Ready.IsCompleted)
        {
            keepAlive.Start(conversation.KeepAlive);
        }

        keepAlive.Pause();
        await parts.FlushAsync(cancellationToken);
        keepAlive.Resume();
    }

    private async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        keepAlive.Pause();
        await acks.WhenRoomAsync(cancellationToken);
        keepAlive.Resume();
    }
}
