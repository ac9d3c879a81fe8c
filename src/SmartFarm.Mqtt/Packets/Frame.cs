namespace SmartFarm.Mqtt.Packets;

/// <summary>One packet cut out of the stream. Its memory is valid until the next call of the reader, and until the input is advanced.</summary>
public readonly ref struct Frame
{
    /// <summary>A packet in one piece.</summary>
    /// <param name="header">The first byte.</param>
    /// <param name="body">What follows the remaining length.</param>
    /// <param name="length">The remaining length; more than the body has when the rest was skipped.</param>
    public Frame(byte header, ReadOnlySpan<byte> body, int length)
    {
        Header = header;
        Body = body;
        Length = length;
    }

    /// <summary>The first byte: type and flags.</summary>
    public byte Header { get; }

    /// <summary>What follows the remaining length; its beginning only, when <see cref="IsCut"/>.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The remaining length that was announced.</summary>
    public int Length { get; }

    /// <summary>The type.</summary>
    public PacketType Type => (PacketType)(Header >> 4);

    /// <summary>Whether the packet was larger than the reader keeps, and its end was skipped. Happens to PUBLISH only.</summary>
    public bool IsCut => Length > Body.Length;
}

/// <summary>What the bytes so far amount to.</summary>
public enum ReadStatus
{
    /// <summary>The beginning of a packet, or nothing: more bytes are needed.</summary>
    NotYet,

    /// <summary>A packet.</summary>
    Packet,

    /// <summary>Something that can never become a packet: close the connection.</summary>
    Never,
}

/// <summary>What a reader does with packets larger than its limit.</summary>
public enum Oversize
{
    /// <summary>It says <see cref="ReadStatus.Never"/> with <see cref="ReasonCode.PacketTooLarge"/>.</summary>
    Refuse,

    /// <summary>
    /// It hands over the beginning of a PUBLISH once all of it has gone by, holding no more than the limit; other packets are refused.
    /// A client needs this: a broker would send the message again at each connect, and the feed would stop for ever.
    /// </summary>
    CutPublish,
}
