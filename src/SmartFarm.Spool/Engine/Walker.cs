using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>What stands at a place of the journal.</summary>
internal enum FoundKind
{
    /// <summary>A record of rows.</summary>
    Lines,

    /// <summary>The end of a batch.</summary>
    Commit,

    /// <summary>Bytes that are no record, up to the next one or the end of the segment.</summary>
    Damage,
}

/// <summary>A record, or what is left of some.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Segment">Where it is.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Next">The place behind it.</param>
/// <param name="Header">Its header; nothing when it is damage.</param>
internal readonly record struct Found(FoundKind Kind, Segment Segment, long Offset, SpoolPosition Next, RecordHeader Header)
{
    public long Length => Next.Offset - Offset;
}

/// <summary>Goes through the journal record by record. Not thread-safe; each reader has its own.</summary>
internal sealed class Walker(Journal journal)
{
    private readonly Finder _finder = new();

    /// <summary>What stands at the place, or at the beginning of the next segment when one ends there; false at the end of the journal.</summary>
    public bool TryNext(SpoolPosition at, out Found found)
    {
        while (journal.SegmentFrom(at.Segment) is { } segment)
        {
            var offset = segment.Serial == at.Segment ? at.Offset : SegmentHeader.Size;
            if (offset < segment.End)
            {
                found = _finder.Look(segment, offset, at.Batch);
                return true;
            }

            at = at with { Segment = segment.Serial + 1, Offset = SegmentHeader.Size };
        }

        found = default;
        return false;
    }
}
