using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>The counts, written side. Used inside a transaction of the writer only.</summary>
internal sealed class LedgerTable(Writer writer)
{
    private readonly Statement _add = writer.Prepare("""
        INSERT INTO ledger (account, received, stored, duplicate, quarantined, late, flagged, missing, refused_by_store, evicted)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (account) DO UPDATE SET
          received = received + excluded.received, stored = stored + excluded.stored, duplicate = duplicate + excluded.duplicate,
          quarantined = quarantined + excluded.quarantined, late = late + excluded.late, flagged = flagged + excluded.flagged, missing = missing + excluded.missing,
          refused_by_store = refused_by_store + excluded.refused_by_store, evicted = evicted + excluded.evicted
        """);

    public void Add(Dictionary<string, LedgerCounts> counts)
    {
        foreach (var (account, c) in counts)
        {
            _add.Set(1, account).Set(2, c.Received).Set(3, c.Stored).Set(4, c.Duplicate).Set(5, c.Quarantined).Set(6, c.Late).Set(7, c.Flagged)
                .Set(8, c.Missing).Set(9, c.RefusedByStore).Set(10, c.Evicted).Run();
        }
    }
}
