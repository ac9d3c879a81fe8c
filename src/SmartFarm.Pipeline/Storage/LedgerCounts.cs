namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// What became of what a device sent, counted in readings; a message that could not be decoded counts as one.
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

    /// <summary>Adds other counts.</summary>
    public void Add(in LedgerCounts other)
    {
        Received += other.Received;
        Stored += other.Stored;
        Duplicate += other.Duplicate;
        Quarantined += other.Quarantined;
        Late += other.Late;
        Flagged += other.Flagged;
    }
}
