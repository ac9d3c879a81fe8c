using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>
/// Moves what an older version had spooled in the database of the books. All of it goes to one segment; once that is whole the old place is
/// given up. A crash before leaves an unfinished segment, which is begun anew; after a crash in between the finished one says what it holds.
/// </summary>
internal sealed class OldSpool(Journal journal, ISpoolBooks books, TimeProvider clock)
{
    /// <param name="isMoved">Whether a finished segment of moved rows is there.</param>
    public void Move(bool isMoved)
    {
        if (!isMoved)
        {
            using var old = books.Old().GetEnumerator();
            if (old.MoveNext())
            {
                journal.AppendMoved(Batches(old));
            }
        }

        books.DropOld();
    }

    private IEnumerable<(BatchBuilder Batch, long CreatedMs)> Batches(IEnumerator<OldChunk> old)
    {
        var builder = new BatchBuilder();
        do
        {
            var chunk = old.Current;
            var batch = new StoreBatch();
            builder.Clear();
            if (chunk.IsDamaged)
            {
                batch.Quarantined.AddRange(Parts(chunk));
            }
            else
            {
                builder.AddLines(chunk.Lines.Span, chunk.Points);
            }

            builder.AddCommit(batch, chunk.Points);
            yield return (builder, chunk.CreatedMs);
        }
        while (old.MoveNext());
    }

    private IEnumerable<QuarantineEntry> Parts(OldChunk chunk)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var detail = $"A chunk of the old spool, with {chunk.Points} values, does not match its checksum: the disk changed it. These are its bytes, in parts.";
        return chunk.Lines.ToArray().Chunk(QuarantineEntry.MaxPayload)
            .Select(part => new QuarantineEntry(0, now, default, part, part.Length, RejectReason.InternalError, detail, QuarantineEntry.Unclaimed));
    }
}
