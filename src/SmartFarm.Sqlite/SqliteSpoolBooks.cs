using Microsoft.Data.Sqlite;
using SmartFarm.Domain.Text;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>The books of a spool in the data folder's database: a batch and the marks in one transaction.</summary>
internal sealed class SqliteSpoolBooks(Writer writer, Readers readers, BatchTables batches, ILedger ledger, IQuarantine quarantine) : ISpoolBooks
{
    private const string OldTable = "spool_of_format_1";
    private const int RowsAtOnce = 32;
    private readonly SpoolMarksTable _marks = new(writer);

    public ILedger Ledger { get; } = ledger;

    public IQuarantine Quarantine { get; } = quarantine;

    public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) =>
        readers.ReadAsync(connection => FingerprintTable.Last(connection, count), cancellationToken);

    public SpoolMarks Marks() => Read(SpoolMarksTable.Read);

    public void Apply(StoreBatch batch, SpoolMarks marks) => Write(() =>
    {
        batches.Insert(batch);
        _marks.Set(marks);
    });

    public IEnumerable<OldChunk> Old()
    {
        var last = 0L;
        while (Read(connection => RowsAfter(connection, last)) is { Count: > 0 } rows)
        {
            foreach (var (id, chunk) in rows)
            {
                last = id;
                yield return chunk;
            }
        }
    }

    public void DropOld()
    {
        if (!Read(HasOld))
        {
            return;
        }

        Write(() =>
        {
            using var drop = new Statement(writer.Connection.Handle!, $"DROP TABLE {OldTable}");
            drop.Run();
        });
        writer.Shrink(0, int.MaxValue);
    }

    private static List<(long Id, OldChunk Chunk)> RowsAfter(SqliteConnection connection, long id)
    {
        var rows = new List<(long, OldChunk)>();
        if (!HasOld(connection))
        {
            return rows;
        }

        using var oldest = new Statement(connection.Handle!, $"SELECT id, created_ms, points, checksum, body FROM {OldTable} WHERE id > ?1 ORDER BY id LIMIT {RowsAtOnce}");
        oldest.Set(1, id);
        while (oldest.Step())
        {
            var body = oldest.Blob(4).ToArray();
            rows.Add((oldest.Long(0), new OldChunk(oldest.Long(1), (int)oldest.Long(2), body, (long)Fingerprint.Of(body) != oldest.Long(3))));
        }

        return rows;
    }

    private static bool HasOld(SqliteConnection connection)
    {
        using var count = new Statement(connection.Handle!, $"SELECT count(*) FROM sqlite_schema WHERE name = '{OldTable}'");
        return count.Number() != 0;
    }

    private T Read<T>(Func<SqliteConnection, T> read) => readers.ReadAsync(read, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private void Write(Action work) => writer.WriteAsync(work, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
