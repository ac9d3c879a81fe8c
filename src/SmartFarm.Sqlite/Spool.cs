using System.Buffers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>
/// The chunks that wait, for the forwarder. A chunk that does not match its checksum is never handed out: its bytes go to the quarantine,
/// it is counted, and the rest goes on.
/// </summary>
internal sealed partial class Spool(Writer writer, Readers readers, SpoolTable chunks, QuarantineTable quarantine, TimeProvider time, ILogger logger) : ISpool
{
    // 16 MiB of free pages stay for the next chunks; what is above goes back to the file system, 4 MiB with each removal.
    private const long FreePagesKept = 4096;
    private const int PagesGivenBack = 1024;
    private TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask<SpoolDepth> DepthAsync(CancellationToken cancellationToken) => readers.ReadAsync(
        connection =>
        {
            using var statement = new Statement(connection.Handle!, "SELECT spool_chunks, spool_bytes, (SELECT created_ms FROM spool ORDER BY id LIMIT 1) FROM totals");
            statement.Step();
            return statement.Long(0) == 0 ? default : new SpoolDepth(statement.Long(0), statement.Long(1), statement.Long(2));
        },
        cancellationToken);

    public async ValueTask<SpoolChunk?> PeekAsync(int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (chunk, damaged) = await readers.ReadAsync(connection => ReadOldest(connection, maxBytes), cancellationToken);
            if (damaged is null)
            {
                return chunk;
            }

            await SetAsideAsync(damaged, cancellationToken);
        }
    }

    public async ValueTask RemoveAsync(SpoolChunk chunk, IReadOnlyList<QuarantineEntry> refused, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            () =>
            {
                chunks.RemoveUpTo(chunk.LastId);
                quarantine.Insert(refused);
            },
            cancellationToken);

        // The removal is on disk: nothing from here on may look as if it had failed.
        writer.Shrink(FreePagesKept, PagesGivenBack);
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before looking, so that a commit in between is not missed.
            var next = Volatile.Read(ref _committed).Task;
            if ((await DepthAsync(cancellationToken)).Chunks > 0)
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Says that there may be something new.</summary>
    public void Signal() => Interlocked.Exchange(ref _committed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private static (SpoolChunk? Chunk, DamagedChunk? Damaged) ReadOldest(SqliteConnection connection, int maxBytes)
    {
        using var oldest = new Statement(connection.Handle!, "SELECT id, created_ms, checksum, points, body FROM spool ORDER BY id");
        var lines = new ArrayBufferWriter<byte>();
        var (lastId, oldestMs) = (0L, 0L);
        while (oldest.Step())
        {
            var body = oldest.Blob(4);
            var isFirst = lines.WrittenCount == 0;
            if (!isFirst && lines.WrittenCount + body.Length > maxBytes)
            {
                break;
            }

            if (SpoolTable.Checksum(body) != oldest.Long(2))
            {
                if (isFirst)
                {
                    return (null, new DamagedChunk(oldest.Long(0), oldest.Long(3), body.ToArray()));
                }

                break;
            }

            oldestMs = isFirst ? oldest.Long(1) : oldestMs;
            lastId = oldest.Long(0);
            lines.Write(body);
        }

        return (lines.WrittenCount == 0 ? null : new SpoolChunk(lastId, lines.WrittenMemory, oldestMs), null);
    }

    private async ValueTask SetAsideAsync(DamagedChunk damaged, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var detail = $"Chunk {damaged.Id} of the spool, with {damaged.Points} values, does not match its checksum: the disk changed it. These are its bytes, in parts.";
        var parts = damaged.Body.Chunk(QuarantineEntry.MaxPayload)
            .Select(part => new QuarantineEntry(0, now, default, part, part.Length, RejectReason.InternalError, detail, QuarantineEntry.Unclaimed))
            .ToList();
        await writer.WriteAsync(
            () =>
            {
                chunks.RemoveUpTo(damaged.Id);
                chunks.CountDamaged();
                quarantine.Insert(parts);
            },
            cancellationToken);
        Log.Damaged(logger, damaged.Id, damaged.Points);
    }

    private sealed record DamagedChunk(long Id, long Points, byte[] Body);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Chunk {Id} of the spool, with {Points} values, was changed by the disk: its bytes are in the quarantine, the rest goes on. Check the disk.")]
        public static partial void Damaged(ILogger logger, long id, long points);
    }
}
