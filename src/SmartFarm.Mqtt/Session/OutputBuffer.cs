using System.Buffers;
using System.Threading.Channels;

namespace SmartFarm.Mqtt.Session;

/// <summary>
/// Gathers the packets of many threads while the previous ones are being written, so that each write carries all there is. Packets are
/// appended whole, one at a time. Thread-safe; <see cref="TakeAsync"/> and <see cref="Take"/> by one thread only.
/// </summary>
internal sealed class OutputBuffer
{
    /// <summary>Bytes above which publishing waits for the network. Answers of the protocol are bounded by themselves and do not wait.</summary>
    private const int Limit = 1 << 20;

    private readonly Lock _lock = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private ArrayBufferWriter<byte> _filling = new(4096);
    private ArrayBufferWriter<byte> _leaving = new(4096);
    private bool _closed;

    public delegate void Append<T>(IBufferWriter<byte> output, T packet)
        where T : allows ref struct;

    /// <summary>Whether more than enough waits to be written.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _filling.WrittenCount >= Limit;
            }
        }
    }

    /// <summary>Appends one packet and wakes the writer.</summary>
    public void Write<T>(T packet, Append<T> append)
        where T : allows ref struct
    {
        lock (_lock)
        {
            if (!_closed)
            {
                append(_filling, packet);
            }
        }

        Wake();
    }

    /// <summary>Appends the acknowledgements that are due and a last packet; what is written later is dropped.</summary>
    public void Close<T>(AckQueue acks, T packet, Append<T> append)
        where T : allows ref struct
    {
        lock (_lock)
        {
            acks.WriteDue(_filling);
            append(_filling, packet);
            _closed = true;
        }

        Wake();
    }

    /// <summary>Wakes the writer: something else is to be written.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Waits to be woken, then takes all there is, with the acknowledgements that are due.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(AckQueue acks, CancellationToken cancellationToken)
    {
        await _wake.Reader.ReadAsync(cancellationToken);
        return Take(acks);
    }

    /// <summary>Takes all there is, with the acknowledgements that are due. Valid until taken from again.</summary>
    public ReadOnlyMemory<byte> Take(AckQueue acks)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                acks.WriteDue(_filling);
            }

            (_filling, _leaving) = (_leaving, _filling);
            _filling.ResetWrittenCount();
            return _leaving.WrittenMemory;
        }
    }
}
