using SmartFarm.Pipeline.Quarantine;

namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// What waits on disk for the database. Thread-safe, but for <see cref="PeekAsync"/> and <see cref="RemoveAsync"/>, which take one caller at a time.
/// </summary>
public interface ISpool
{
    /// <summary>How much waits.</summary>
    ValueTask<SpoolDepth> DepthAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The rows to send next, as many as fit into <paramref name="maxBytes"/> but at least one record of them; null when nothing waits. The
    /// memory of the chunk is used again by the next call.
    /// </summary>
    ValueTask<SpoolChunk?> PeekAsync(int maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Goes on behind a chunk that the database has. Lines it refused for good are in the quarantine, on disk, before that. A chunk that was
    /// removed before takes nothing newer with it.
    /// </summary>
    ValueTask RemoveAsync(SpoolChunk chunk, IReadOnlyList<QuarantineEntry> refused, CancellationToken cancellationToken);

    /// <summary>Completes when something is waiting.</summary>
    ValueTask WaitAsync(CancellationToken cancellationToken);
}

/// <summary>A place in a spool.</summary>
/// <param name="Segment">Number of the file.</param>
/// <param name="Offset">Place in the file, in bytes.</param>
/// <param name="Batch">The last batch that is wholly before this place.</param>
public readonly record struct SpoolPosition(long Segment, long Offset, long Batch)
{
    /// <summary>Whether this place is before another one.</summary>
    public bool IsBefore(SpoolPosition other) => Segment < other.Segment || (Segment == other.Segment && Offset < other.Offset);
}

/// <summary>Part of a spool.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Everything from <paramref name="Start"/> up to here is in <paramref name="Lines"/>.</param>
/// <param name="Lines">Encoded rows, each ended by a newline.</param>
/// <param name="OldestMs">When the oldest of it was spooled, Unix ms.</param>
public sealed record SpoolChunk(SpoolPosition Start, SpoolPosition End, ReadOnlyMemory<byte> Lines, long OldestMs);

/// <summary>How much waits.</summary>
/// <param name="Chunks">Number of commits waiting.</param>
/// <param name="Bytes">Their size on disk.</param>
/// <param name="OldestMs">When the oldest was spooled, Unix ms; null when none waits.</param>
public readonly record struct SpoolDepth(long Chunks, long Bytes, long? OldestMs);

/// <summary>
/// The books beside a spool: counts, refused messages and fingerprints, kept in one place with how far they were taken from it. Calls block
/// until all is on disk. Thread-safe.
/// </summary>
public interface ISpoolBooks
{
    /// <summary>The counts in the books.</summary>
    ILedger Ledger { get; }

    /// <summary>The refused messages in the books.</summary>
    IQuarantine Quarantine { get; }

    /// <summary>Fingerprints in the books, newest last, at most <paramref name="count"/>.</summary>
    ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken);

    /// <summary>How far the spool was read; nothing but zeros when it never was.</summary>
    SpoolMarks Marks();

    /// <summary>Adds what the batch holds besides points, and moves the marks, in one step: all or nothing, exactly once.</summary>
    void Apply(StoreBatch batch, SpoolMarks marks);

    /// <summary>What an older version kept in a place of its own, oldest first.</summary>
    IEnumerable<OldChunk> Old();

    /// <summary>Gives that place up, with all that is in it.</summary>
    void DropOld();
}

/// <summary>How far a spool was read, and what was found damaged on the way.</summary>
/// <param name="Applied">Everything before is in the books.</param>
/// <param name="Forwarded">Everything before is in the database.</param>
/// <param name="Damaged">Records that the disk changed, since the folder was made.</param>
/// <param name="Unknown">Commits whose counts were lost that way, since the folder was made.</param>
public readonly record struct SpoolMarks(SpoolPosition Applied, SpoolPosition Forwarded, long Damaged, long Unknown);

/// <summary>A commit that an older version had spooled.</summary>
/// <param name="CreatedMs">When, Unix ms.</param>
/// <param name="Points">Its number of values.</param>
/// <param name="Lines">Its rows.</param>
/// <param name="IsDamaged">Whether it does not match its checksum.</param>
public sealed record OldChunk(long CreatedMs, int Points, ReadOnlyMemory<byte> Lines, bool IsDamaged);
