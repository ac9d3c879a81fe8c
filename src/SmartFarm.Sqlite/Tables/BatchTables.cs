using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Sqlite.Tables;

/// <summary>What every commit writes beside its points, whichever store takes those. Used inside a transaction of the writer only.</summary>
internal sealed class BatchTables(QuarantineTable quarantine, LedgerTable ledger, SequenceTable sequences, FingerprintTable fingerprints)
{
    public void Insert(StoreBatch batch)
    {
        quarantine.Insert(batch.Quarantined);
        batch.Released.ForEach(quarantine.Remove);
        ledger.Add(batch.Ledger);
        sequences.Set(batch.Sequences);
        fingerprints.Insert(batch.Fingerprints);
    }
}
