using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool;

/// <summary>The ledger, brought up to the last commit before it is read.</summary>
internal sealed class CaughtUpLedger(SpoolFolder folder) : ILedger
{
    public ValueTask<IReadOnlyDictionary<string, LedgerCounts>> ReadAsync(CancellationToken cancellationToken)
    {
        folder.CatchUp();
        return folder.Books.Ledger.ReadAsync(cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<string, SequenceWindow>> SequencesAsync(CancellationToken cancellationToken)
    {
        folder.CatchUp();
        return folder.Books.Ledger.SequencesAsync(cancellationToken);
    }
}

/// <summary>The quarantine, brought up to the last commit before it is read.</summary>
internal sealed class CaughtUpQuarantine(SpoolFolder folder) : IQuarantine
{
    public ValueTask<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineFilter filter, int limit, CancellationToken cancellationToken)
    {
        folder.CatchUp();
        return folder.Books.Quarantine.ListAsync(filter, limit, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<RejectReason, long>> CountAsync(CancellationToken cancellationToken)
    {
        folder.CatchUp();
        return folder.Books.Quarantine.CountAsync(cancellationToken);
    }

    public ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => folder.Books.Quarantine.RemoveAsync(ids, cancellationToken);
}
