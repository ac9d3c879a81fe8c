using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>The database of a farm with one computer: points, counts, quarantine and fingerprints of a batch in one transaction.</summary>
internal sealed class EmbeddedStore(Writer writer, Readers readers, PointTables points, BatchTables others, FreeSpace space) : IDurableStore
{
    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken) => writer.WriteAsync(
        () =>
        {
            space.Check();
            points.Insert(batch.Points);
            others.Insert(batch);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) =>
        readers.ReadAsync(connection => FingerprintTable.Last(connection, count), cancellationToken);
}
