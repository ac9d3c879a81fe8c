using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Tests.Spool;

/// <summary>Books that outlive every crash, fast enough for thousands of openings. Those of the data folder keep the same contract, tested with it.</summary>
internal sealed class BooksInMemory : ISpoolBooks, ILedger, IQuarantine
{
    private readonly Dictionary<string, LedgerCounts> _counts = new(StringComparer.Ordinal);
    private SpoolMarks _marks;

    public List<ulong> Fingerprints { get; } = [];

    public List<QuarantineEntry> Refused { get; } = [];

    public List<OldChunk> OldChunks { get; init; } = [];

    /// <summary>When set, writing throws it.</summary>
    public Exception? Fault { get; set; }

    public ILedger Ledger => this;

    public IQuarantine Quarantine => this;

    public long Stored => _counts.GetValueOrDefault("s/a").Stored;

    public SpoolMarks Marks() => _marks;

    public void Apply(StoreBatch batch, SpoolMarks marks)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        foreach (var (account, added) in batch.Ledger)
        {
            var counts = _counts.GetValueOrDefault(account);
            counts.Add(added);
            _counts[account] = counts;
        }

        Refused.AddRange(batch.Quarantined);
        Fingerprints.AddRange(batch.Fingerprints);
        _marks = marks;
    }

    public IEnumerable<OldChunk> Old() => OldChunks;

    public void DropOld() => OldChunks.Clear();

    public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ulong>)Fingerprints.TakeLast(count).ToList());

    public ValueTask<IReadOnlyDictionary<string, LedgerCounts>> ReadAsync(CancellationToken cancellationToken) =>
        new((IReadOnlyDictionary<string, LedgerCounts>)new Dictionary<string, LedgerCounts>(_counts));

    public ValueTask<IReadOnlyDictionary<string, SequenceWindow>> SequencesAsync(CancellationToken cancellationToken) =>
        new((IReadOnlyDictionary<string, SequenceWindow>)new Dictionary<string, SequenceWindow>());

    public ValueTask<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineFilter filter, int limit, CancellationToken cancellationToken) =>
        new((IReadOnlyList<QuarantineEntry>)Refused.Where(e => filter.Reason is null || e.Reason == filter.Reason).Reverse().Take(limit).ToList());

    public ValueTask<IReadOnlyDictionary<RejectReason, long>> CountAsync(CancellationToken cancellationToken) =>
        new((IReadOnlyDictionary<RejectReason, long>)Refused.CountBy(e => e.Reason).ToDictionary(e => e.Key, e => (long)e.Value));

    public ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => throw new NotSupportedException();
}
