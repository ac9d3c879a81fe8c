namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// What became of what a device sent, counted in readings; a message that could not be decoded counts as one.
/// <c>Received</c> is counted when a message comes in, each outcome where it is decided, so that a forgotten outcome shows:
/// <c>Received = Stored + Duplicate + Quarantined</c> in every commit.
/// </summary>
public record struct LedgerCounts
{
    /// <summary>Everything that came in.</summary>
    public long Received;

    /// <summary>Made durable as a row.</summary>
    public long Stored;

    /// <summary>Part of a message that had been stored before.</summary>
    public long Duplicate;

    /// <summary>Refused, and kept in the quarantine.</summary>
    public long Quarantined;

    /// <summary>Of the stored: older than the newest of its kind, so it did not move the current state.</summary>
    public long Late;

    /// <summary>Of the stored: flagged 3, 4 or 9.</summary>
    public long Flagged;

    /// <summary>Running numbers of the device that never came: lost before us. Goes down again when one comes late.</summary>
    public long Missing;

    /// <summary>Rows, counted as stored when they were spooled, that the database refused for good. Kept under the account <c>database</c>.</summary>
    public long RefusedByStore;

    /// <summary>Entries that went from the quarantine because it was at its limit.</summary>
    public long Evicted;

    /// <summary>Received, and neither stored nor duplicate nor quarantined: 0 in every commit, unless an outcome was forgotten.</summary>
    public readonly long Unexplained => Received - Stored - Duplicate - Quarantined;

    /// <summary>Adds other counts.</summary>
    public void Add(in LedgerCounts other)
    {
        Received += other.Received;
        Stored += other.Stored;
        Duplicate += other.Duplicate;
        Quarantined += other.Quarantined;
        Late += other.Late;
        Flagged += other.Flagged;
        Missing += other.Missing;
        RefusedByStore += other.RefusedByStore;
        Evicted += other.Evicted;
    }
}
