using System.Runtime.InteropServices;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Quarantine;

namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// What becomes durable in one commit: rows, refused messages, counts, and the fingerprints that tell a repeated message.
/// Reused; not thread-safe.
/// </summary>
public sealed class StoreBatch
{
    private readonly List<Point> _points = [];
    private readonly List<ulong> _fingerprints = [];
    private readonly List<ReceiptRun> _receipts = [];
    private readonly Dictionary<string, long> _quarantinedBytes = new(StringComparer.Ordinal);

    /// <summary>Rows, in order of arrival.</summary>
    public ReadOnlySpan<Point> Points => CollectionsMarshal.AsSpan(_points);

    /// <summary>Refused messages.</summary>
    public List<QuarantineEntry> Quarantined { get; } = [];

    /// <summary>Bytes held by the refused messages that were added by <see cref="Add(QuarantineEntry)"/>.</summary>
    public long QuarantinedBytes { get; private set; }

    /// <summary>Entries of the quarantine that leave it in this commit, because it holds what became of them.</summary>
    public List<long> Released { get; } = [];

    /// <summary>Counts to add, by account (<c>site/device</c>).</summary>
    public Dictionary<string, LedgerCounts> Ledger { get; } = new(StringComparer.Ordinal);

    /// <summary>The running numbers of the devices heard, as they stand after this batch, by account.</summary>
    public Dictionary<string, SequenceWindow> Sequences { get; } = new(StringComparer.Ordinal);

    /// <summary>Fingerprints of the messages in this batch.</summary>
    public ReadOnlySpan<ulong> Fingerprints => CollectionsMarshal.AsSpan(_fingerprints);

    /// <summary>Receipts to settle once the batch is durable, in order of arrival.</summary>
    public ReadOnlySpan<ReceiptRun> Receipts => CollectionsMarshal.AsSpan(_receipts);

    /// <summary>How many messages they are for.</summary>
    public int ReceiptCount { get; private set; }

    /// <summary>When the live readings in this batch were measured, as timestamps of the monotonic clock: one per message.</summary>
    public List<long> Live { get; } = [];

    /// <summary>Whether there is nothing to commit.</summary>
    public bool IsEmpty => _points.Count == 0 && Quarantined.Count == 0 && Ledger.Count == 0 && _receipts.Count == 0;

    /// <summary>Timestamp of the first thing in it; null while it is empty.</summary>
    public long? OpenedAt { get; private set; }

    /// <summary>Notes that there is something in it.</summary>
    public void Touch(TimeProvider clock) => OpenedAt ??= clock.GetTimestamp();

    /// <summary>Adds everything of another batch but its receipts.</summary>
    public void Add(StoreBatch other)
    {
        _points.AddRange(other._points);
        _fingerprints.AddRange(other._fingerprints);
        other.Quarantined.ForEach(Add);
        Released.AddRange(other.Released);
        foreach (var (account, counts) in other.Ledger)
        {
            CountsOf(account).Add(counts);
        }
    }

    /// <summary>Adds one field of a row.</summary>
    public void Add(in Point point) => _points.Add(point);

    /// <summary>Adds the fingerprint of a message.</summary>
    public void AddFingerprint(ulong fingerprint) => _fingerprints.Add(fingerprint);

    /// <summary>Adds a refused message.</summary>
    public void Add(QuarantineEntry entry)
    {
        Quarantined.Add(entry);
        var bytes = entry.Topic.Length + entry.Payload.Length + entry.Detail.Length;
        QuarantinedBytes += bytes;
        CollectionsMarshal.GetValueRefOrAddDefault(_quarantinedBytes, entry.Account, out _) += bytes;
    }

    /// <summary>Bytes held by the refused messages of one account.</summary>
    public long QuarantinedBytesOf(string account) => _quarantinedBytes.GetValueOrDefault(account);

    /// <summary>Adds a receipt to settle.</summary>
    public void Add(in Receipt receipt)
    {
        if (receipt.Owner is null)
        {
            return;
        }

        ReceiptCount++;
        var runs = CollectionsMarshal.AsSpan(_receipts);
        if (runs.Length > 0 && runs[^1].IsFollowedBy(receipt))
        {
            runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
        }
        else
        {
            _receipts.Add(new ReceiptRun(receipt, 1));
        }
    }

    /// <summary>The counts of an account, to add to.</summary>
    public ref LedgerCounts CountsOf(string account) => ref CollectionsMarshal.GetValueRefOrAddDefault(Ledger, account, out _);

    /// <summary>Empties the batch, keeping its memory.</summary>
    public void Clear()
    {
        _points.Clear();
        _fingerprints.Clear();
        _receipts.Clear();
        ReceiptCount = 0;
        Quarantined.Clear();
        Released.Clear();
        QuarantinedBytes = 0;
        _quarantinedBytes.Clear();
        Ledger.Clear();
        Sequences.Clear();
        Live.Clear();
        OpenedAt = null;
    }
}
