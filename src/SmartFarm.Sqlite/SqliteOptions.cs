using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Sqlite;

/// <summary>The limits of a data folder. All are positive; <see cref="MinFreeBytes"/> may be 0.</summary>
public sealed record SqliteOptions
{
    /// <summary>
    /// Largest size of the database file in bytes. At the limit commits throw <see cref="StoreFullException"/>, so nothing more is
    /// acknowledged and the broker holds it. The embedded store grows by about 25 bytes per value, until retention lets go of as much as comes.
    /// </summary>
    public long MaxFileBytes { get; init; } = 64L << 30;

    /// <summary>
    /// Bytes of the disk that batches leave free, so that a full disk can be emptied again. Below, commits of a batch throw
    /// <see cref="StoreFullException"/>, while removals, commands and states of rules go on. 0: no bytes are kept, for very small disks;
    /// a disk that gets full then needs room made by hand.
    /// </summary>
    public long MinFreeBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Bytes of the log beside the file (<c>-wal</c>) from which a commit, at most every 64th, waits up to 5 s for the reads under way, so
    /// that the log can be emptied. Between two such commits, and while one read lasts longer, it grows beyond.
    /// </summary>
    public long MaxLogBytes { get; init; } = 64L << 20;

    /// <summary>Most entries in the quarantine. Beyond, the oldest of the account with most in it go and are counted, a twentieth at a time.</summary>
    public long MaxQuarantineEntries { get; init; } = 100_000;

    /// <summary>Most bytes in the quarantine. Beyond, the oldest of the account with most in it go and are counted, a twentieth at a time.</summary>
    public long MaxQuarantineBytes { get; init; } = 256L << 20;

    /// <summary>Fingerprints kept, rounded up to whole commits. Beyond, the oldest go.</summary>
    public int MaxFingerprints { get; init; } = 200_000;

    /// <summary>Commands kept. Beyond, the oldest go, but never an open one nor the last of an actuator.</summary>
    public int MaxCommands { get; init; } = 100_000;

    /// <summary>
    /// Windows noted to be made anew. Beyond, a window is noted once for all series instead of for each: more work later, and nothing is lost.
    /// </summary>
    public long MaxDirtyWindows { get; init; } = 1_000_000;

    /// <summary>Most values in one answer of the history. A question with more throws <see cref="StoreException"/>.</summary>
    public int MaxHistoryPoints { get; init; } = 2_000_000;

    /// <summary>Bytes that this user may still write on the disk of a folder.</summary>
    internal Func<string, long> FreeBytesOf { get; init; } = directory => new DriveInfo(directory).AvailableFreeSpace;
}
