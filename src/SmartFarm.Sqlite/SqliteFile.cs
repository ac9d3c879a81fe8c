using Dapper;
using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SQLitePCL;

namespace SmartFarm.Sqlite;

/// <summary>
/// The database file seen from outside: what another process may do while the worker has the folder open. A reader sees the last commit
/// and holds up no write (https://sqlite.org/wal.html, "Concurrency").
/// </summary>
public static class SqliteFile
{
    /// <summary>The newest format that this version knows.</summary>
    public static int NewestFormat => Format.Newest;

    /// <summary>
    /// Copies a database as it was at one moment during the call, also while it is written to (https://sqlite.org/backup.html): everything
    /// that was committed before the call is in the copy. Memory stays bounded. Meanwhile the log of the original grows.
    /// </summary>
    /// <exception cref="StoreException">It cannot be read, or the copy cannot be written.</exception>
    public static void Copy(string file, string copy)
    {
        try
        {
            using var source = Open(file, SqliteOpenMode.ReadOnly);
            using var target = Open(copy, SqliteOpenMode.ReadWriteCreate);
            target.Execute("PRAGMA synchronous = FULL");
            source.BackupDatabase(target);

            // The copy is one file, whole without a log beside it.
            target.Execute("PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException e)
        {
            throw Faults.Of(e, file);
        }
    }

    /// <summary>The ledger of a data folder: what its last commit says.</summary>
    /// <exception cref="StoreException">It cannot be read, or is of an older format that did not count so.</exception>
    public static Task<IReadOnlyDictionary<string, LedgerCounts>> LedgerAsync(string file, CancellationToken cancellationToken) => SqliteLedger.ReadFileAsync(file, cancellationToken);

    /// <summary>
    /// Looks for damage (<c>PRAGMA quick_check</c>) and for a format or owner that this version cannot open. Null when all is well, else a sentence.
    /// </summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static string? Examine(string file, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = Open(file, SqliteOpenMode.ReadOnly);
            using var interruption = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle!));
            Format.Check(connection, file);
            var faults = connection.Query<string>("PRAGMA quick_check(1)").ToList();
            return faults is ["ok"] ? null : $"'{file}' is damaged: {string.Join(' ', faults).ReplaceLineEndings(" ")}.";
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (SqliteException e)
        {
            return Faults.Of(e, file).Message;
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }

    /// <summary>The format of a file.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static int FormatOf(string file)
    {
        try
        {
            using var connection = Open(file, SqliteOpenMode.ReadOnly);
            return connection.ExecuteScalar<int>("PRAGMA user_version");
        }
        catch (SqliteException e)
        {
            throw Faults.Of(e, file);
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
