namespace SmartFarm.Sqlite;

/// <summary>How full a data folder is, and what it had to let go.</summary>
/// <param name="FileBytes">Size of the database file, without its log.</param>
/// <param name="FreeBytes">Of it: free, to be used next.</param>
/// <param name="QuarantineEntries">Entries in the quarantine.</param>
/// <param name="QuarantineBytes">Their bytes.</param>
/// <param name="QuarantineDropped">Entries that went because the quarantine was at its limit, since the folder was made.</param>
/// <param name="LogBytes">Size of the log beside the file.</param>
/// <param name="LogHeldUp">How often the log could not be emptied because a read lasted too long, since the folder was opened.</param>
public sealed record SqliteStats(
    long FileBytes, long FreeBytes, long QuarantineEntries, long QuarantineBytes, long QuarantineDropped, long LogBytes, long LogHeldUp);
