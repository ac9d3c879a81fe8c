using SmartFarm.Domain.Wire;

namespace SmartFarm.Pipeline.Quarantine;

/// <summary>A refused message as it came, with the reason.</summary>
/// <param name="Id">Number in the store; 0 before it is stored.</param>
/// <param name="ReceivedMs">When it came, Unix ms.</param>
/// <param name="Topic">Topic as received; empty when there was none.</param>
/// <param name="Payload">Payload as received, cut at <see cref="MaxPayload"/>.</param>
/// <param name="Size">Its full size in bytes.</param>
/// <param name="Reason">Why, as a code.</param>
/// <param name="Detail">Why, in a sentence.</param>
/// <param name="Account">Whose account it is counted on: <c>site/device</c>, or <c>unclaimed</c>.</param>
public sealed record QuarantineEntry(
    long Id,
    long ReceivedMs,
    ReadOnlyMemory<byte> Topic,
    ReadOnlyMemory<byte> Payload,
    long Size,
    RejectReason Reason,
    string Detail,
    string Account)
{
    private const string ManyEnd = " readings of this message.)";

    /// <summary>The most bytes kept of a payload.</summary>
    public const int MaxPayload = 64 * 1024;

    /// <summary>
    /// Bytes of refused messages that one account may have on their way to the store at a time. What comes beyond is kept with its first
    /// <see cref="ExcerptPayload"/> bytes and its size, so that one device that floods refusals does not make all others wait.
    /// </summary>
    public const int FairShare = 4 << 20;

    /// <summary>Bytes kept of a payload beyond the fair share of its account.</summary>
    public const int ExcerptPayload = 256;

    /// <summary>The account of messages whose sender the farm does not know.</summary>
    public const string Unclaimed = "unclaimed";

    /// <summary>The account of rows that the database refused; they had been counted as stored when they were spooled.</summary>
    public const string Database = "database";

    /// <summary>How many readings it is counted as; a message that was refused whole is one.</summary>
    public int Readings
    {
        get
        {
            var open = Detail.EndsWith(ManyEnd, StringComparison.Ordinal) ? Detail.LastIndexOf('(') : -1;
            return open >= 0 && int.TryParse(Detail.AsSpan(open + 1, Detail.Length - ManyEnd.Length - open - 1), out var readings) ? readings : 1;
        }
    }

    /// <summary>Whether nothing of the message was taken, because it was not even looked into.</summary>
    public bool IsWholeMessage => Reason is RejectReason.BadPacket or RejectReason.TooLarge or RejectReason.BadTopic or RejectReason.NoFormat
        or RejectReason.BadUtf8 or RejectReason.BadJson or RejectReason.UnknownDevice or RejectReason.InternalError;

    /// <summary>The sentence for an entry that stands for several readings of its message.</summary>
    public static string DetailOf(string detail, int readings) => readings == 1 ? detail : $"{detail} ({readings}{ManyEnd}";
}

/// <summary>The refused messages. Bounded: beyond its limits the oldest go, and are counted. Thread-safe.</summary>
public interface IQuarantine
{
    /// <summary>The newest entries, newest first; of one reason when given.</summary>
    ValueTask<IReadOnlyList<QuarantineEntry>> ListAsync(int limit, RejectReason? reason, CancellationToken cancellationToken) =>
        ListAsync(new QuarantineFilter { Reason = reason }, limit, cancellationToken);

    /// <summary>The first entries that a filter names, in its order.</summary>
    ValueTask<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>Number of entries by reason.</summary>
    ValueTask<IReadOnlyDictionary<RejectReason, long>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Removes entries that were replayed.</summary>
    ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);
}
