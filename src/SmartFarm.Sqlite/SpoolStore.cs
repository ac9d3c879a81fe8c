using System.Buffers;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>
/// The durable end in front of another database: the points of a batch become one chunk of the spool, in one transaction with its counts,
/// quarantine and fingerprints.
/// </summary>
internal sealed class SpoolStore(
    Writer writer, Readers readers, IPointEncoder encoder, SpoolTable chunks, BatchTables others, FreeSpace space, Spool spool) : IDurableStore
{
    private readonly ArrayBufferWriter<byte> _lines = new();

    public async ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        _lines.ResetWrittenCount();
        encoder.Encode(batch.Points, _lines);
        await writer.WriteAsync(
            () =>
            {
                space.Check();
                if (_lines.WrittenCount > 0)
                {
                    chunks.Insert(_lines.WrittenSpan, batch.Points.Length);
                }

                others.Insert(batch);
            },
            cancellationToken);
        spool.Signal();
    }

    public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) =>
        readers.ReadAsync(connection => FingerprintTable.Last(connection, count), cancellationToken);
}
