using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SQLitePCL;

namespace SmartFarm.Sqlite.Engine;

/// <summary>Turns what SQLite says into a sentence for the operator.</summary>
internal static class Faults
{
    public static StoreException Of(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new StoreFullException(
            $"There is no room for '{path}': the disk is full or the file is at its limit. Nothing is acknowledged until there is; make room or raise the limit.",
            fault),
        raw.SQLITE_NOTADB => new StoreException(
            $"'{path}' is no database: something else has that name. Move it away, or choose another data folder.", fault),
        raw.SQLITE_CORRUPT => new StoreException(
            $"'{path}' is damaged ({fault.Message}). Stop, move it away together with its -wal file, start anew, and save what can be saved with 'sqlite3 FILE .recover'.",
            fault),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => new StoreException(
            $"'{path}' cannot be opened for writing ({fault.Message}). Give this user the right to write to the file and its folder.", fault),
        raw.SQLITE_IOERR => new StoreException($"The disk failed under '{path}' ({fault.Message}). Check the disk.", fault),
        _ => new StoreException($"'{path}' could not be used: {fault.Message}", fault),
    };
}
