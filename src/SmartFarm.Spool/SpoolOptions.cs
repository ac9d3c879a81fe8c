namespace SmartFarm.Spool;

/// <summary>In which order what waits is sent.</summary>
public enum SpoolOrder
{
    /// <summary>Oldest first, always: the database sees everything in the order in which it was stored.</summary>
    Strict,

    /// <summary>
    /// After an outage new rows go out at once, in turn with the backlog, which goes oldest first: dashboards are live while history fills up.
    /// A row written twice with different values may keep the older one.
    /// </summary>
    NewestFirst,
}

/// <summary>The limits of a spool, and its order. All are positive; <see cref="MinFreeBytes"/> may be 0.</summary>
public sealed record SpoolOptions
{
    /// <summary>In which order what waits is sent.</summary>
    public SpoolOrder Order { get; init; } = SpoolOrder.Strict;

    /// <summary>
    /// Most bytes of the spool on the disk. At the limit commits throw <c>StoreFullException</c>, so nothing more is acknowledged and the
    /// broker holds it, until the database has taken a segment.
    /// </summary>
    public long MaxBytes { get; init; } = 8L << 30;

    /// <summary>How long the oldest row may wait. Beyond, commits throw as at <see cref="MaxBytes"/>.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Bytes of the disk that commits leave free, so that a full disk can be emptied again. 0: none.</summary>
    public long MinFreeBytes { get; init; } = 256L << 20;

    /// <summary>Size from which a segment is followed by a new one: what is deleted at once. At most an eighth of <see cref="MaxBytes"/> is used.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>Age from which the backlog has to share with new rows under <see cref="SpoolOrder.NewestFirst"/>.</summary>
    internal TimeSpan LiveWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that this user may still write on the disk of a folder.</summary>
    internal Func<string, long> FreeBytesOf { get; init; } = directory => new DriveInfo(directory).AvailableFreeSpace;
}
