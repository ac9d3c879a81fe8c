using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>Reads the counts; commits add to them.</summary>
internal sealed class SqliteLedger(Readers readers) : ILedger
{
    public ValueTask<IReadOnlyDictionary<string, LedgerCounts>> ReadAsync(CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyDictionary<string, LedgerCounts>>(
            connection =>
            {
                using var rows = new Statement(connection.Handle!, "SELECT account, received, stored, duplicate, quarantined, late, flagged, missing, refused_by_store, evicted FROM ledger");
                var counts = new Dictionary<string, LedgerCounts>(StringComparer.Ordinal);
                while (rows.Step())
                {
                    counts.Add(rows.Text(0), new LedgerCounts
                    {
                        Received = rows.Long(1),
                        Stored = rows.Long(2),
                        Duplicate = rows.Long(3),
                        Quarantined = rows.Long(4),
                        Late = rows.Long(5),
                        Flagged = rows.Long(6),
                        Missing = rows.Long(7),
                        RefusedByStore = rows.Long(8),
                        Evicted = rows.Long(9),
                    });
                }

                return counts;
            },
            cancellationToken);

    /// <summary>Reads the counts of a data folder from outside, also while its worker runs; changes nothing.</summary>
    /// <exception cref="StoreException">It cannot be read, or is of an older format that did not count so.</exception>
    public static async Task<IReadOnlyDictionary<string, LedgerCounts>> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        using var readers = new Readers(file);
        return await new SqliteLedger(readers).ReadAsync(cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<string, SequenceWindow>> SequencesAsync(CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyDictionary<string, SequenceWindow>>(SequenceTable.Read, cancellationToken);
}
