using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>
/// Cuts a stream of bytes into packets: says <em>packet</em>, <em>not yet</em> or <em>never</em>. Checks type, flags and length; the
/// content is checked by each packet's own <c>TryRead</c>. Copies nothing while a packet lies in one segment. Not thread-safe.
/// </summary>
/// <param name="maxPacketSize">Largest packet kept whole, with its header, in bytes.</param>
/// <param name="oversize">What to do with larger ones.</param>
public sealed class PacketReader(int maxPacketSize, Oversize oversize) : IDisposable
{
    private const int LongestHeader = 5;
    private byte[] _copy = [];
    private byte _header;
    private int _length;
    private int _kept;
    private int _toSkip = -1;

    /// <summary>Whether the reader stands inside a packet whose beginning it has taken: the stream must not end here.</summary>
    public bool IsInsidePacket => _toSkip >= 0;

    /// <summary>Takes the next packet from the input and moves the input behind it. Input that is left belongs to a later packet.</summary>
    public ReadStatus Read(ref ReadOnlySequence<byte> input, out Frame frame, out Fault fault)
    {
        frame = default;
        fault = default;
        if (_toSkip >= 0)
        {
            return Skip(ref input, out frame);
        }

        if (input.IsEmpty)
        {
            return ReadStatus.NotYet;
        }

        scoped var start = input.FirstSpan;
        Span<byte> gathered = stackalloc byte[LongestHeader];
        if (start.Length < LongestHeader && !input.IsSingleSegment)
        {
            var part = input.Slice(0, Math.Min(LongestHeader, input.Length));
            part.CopyTo(gathered);
            start = gathered[..(int)part.Length];
        }

        fault = CheckHeader(start[0]);
        var lengthSize = VariableByteInteger.Read(start[1..], out var length);
        if (lengthSize < 0 && !fault.IsFault)
        {
            fault = Fault.Malformed("The remaining length is longer than four bytes, or than needed [MQTT-1.5.5-1].");
        }

        if (fault.IsFault)
        {
            return ReadStatus.Never;
        }

        if (lengthSize == 0)
        {
            return ReadStatus.NotYet;
        }

        _header = start[0];
        _length = length;
        var headerSize = 1 + lengthSize;
        if (headerSize + length > maxPacketSize)
        {
            return TooLarge(ref input, headerSize, out frame, out fault);
        }

        if (input.FirstSpan.Length >= headerSize + length)
        {
            frame = new Frame(_header, input.FirstSpan.Slice(headerSize, length), length);
        }
        else if (input.Length >= headerSize + length)
        {
            frame = new Frame(_header, Copy(input, headerSize, length), length);
        }
        else
        {
            return ReadStatus.NotYet;
        }

        input = input.Slice(headerSize + length);
        return ReadStatus.Packet;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_copy.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_copy);
            _copy = [];
        }
    }

    // MQTT 5 §2.1.3, table 2-2. The flags of PUBLISH are checked with its content.
    private static Fault CheckHeader(byte header) => (header >> 4, header & 0x0F) switch
    {
        (0, _) => Fault.Malformed("There is no packet type 0."),
        ((int)PacketType.Publish, _) => default,
        ((int)PacketType.PubRel or (int)PacketType.Subscribe or (int)PacketType.Unsubscribe, 0b0010) => default,
        ((int)PacketType.PubRel or (int)PacketType.Subscribe or (int)PacketType.Unsubscribe, _) => BadFlags,
        (_, 0) => default,
        _ => BadFlags,
    };

    private static Fault BadFlags => Fault.Malformed("The reserved flags of a packet have another value than theirs [MQTT-2.1.3-1].");

    private ReadStatus TooLarge(ref ReadOnlySequence<byte> input, int headerSize, out Frame frame, out Fault fault)
    {
        frame = default;
        fault = default;
        if (oversize == Oversize.Refuse || (PacketType)(_header >> 4) != PacketType.Publish)
        {
            fault = new Fault(ReasonCode.PacketTooLarge, "A packet is larger than the limit.");
            return ReadStatus.Never;
        }

        input = input.Slice(headerSize);
        _kept = 0;
        _toSkip = _length;
        Room(maxPacketSize);
        return Skip(ref input, out frame);
    }

    private ReadStatus Skip(ref ReadOnlySequence<byte> input, out Frame frame)
    {
        var take = (int)Math.Min(input.Length, _toSkip);
        var keep = Math.Min(take, maxPacketSize - _kept);
        input.Slice(0, keep).CopyTo(_copy.AsSpan(_kept));
        _kept += keep;
        _toSkip -= take;
        input = input.Slice(take);
        if (_toSkip > 0)
        {
            frame = default;
            return ReadStatus.NotYet;
        }

        _toSkip = -1;
        frame = new Frame(_header, _copy.AsSpan(0, _kept), _length);
        return ReadStatus.Packet;
    }

    private Span<byte> Copy(ReadOnlySequence<byte> input, int start, int length)
    {
        Room(length);
        input.Slice(start, length).CopyTo(_copy);
        return _copy.AsSpan(0, length);
    }

    private void Room(int size)
    {
        if (_copy.Length < size)
        {
            Dispose();
            _copy = ArrayPool<byte>.Shared.Rent(size);
        }
    }
}
