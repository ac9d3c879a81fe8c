using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>The counts, written side. Used inside a transaction of the writer only.</summary>
internal sealed class LedgerTable(Writer writer)
{
    private readonly Statement _add = writer.Prepare("""
        INSERT INTO ledger (account, received, stored, duplicate, quarantined, late, flagged) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (account) DO UPDATE SET
          received = received + excluded.received, stored = stored + excluded.stored, duplicate = duplicate + excluded.duplicate,
          quarantined = quarantined + excluded.quarantined, late = late + excluded.late, flagged = flagged + excluded.flagged
        """);

    public void Add(Dictionary<string, LedgerCounts> counts)
    {
        foreach (var (account, c) in counts)
        {
            _add.Set(1, account).Set(2, c.Received).Set(3, c.Stored).Set(4, c.Duplicate).Set(5, c.Quarantined).Set(6, c.Late).Set(7, c.Flagged).Run();
        }
    }
}
