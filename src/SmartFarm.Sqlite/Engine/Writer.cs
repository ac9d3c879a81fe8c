using Dapper;
using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SQLitePCL;

namespace SmartFarm.Sqlite.Engine;

/// <summary>
/// The one connection that writes. Each piece of work is one transaction, run on the caller's thread (SQLite is synchronous), one at a
/// time; when it returns, it is on disk. Thread-safe.
/// </summary>
internal sealed class Writer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Statement> _statements = [];
    private readonly string _path;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollBack;

    private Writer(string path, SqliteConnection connection, WriteAheadLog log)
    {
        (_path, Connection, Log) = (path, connection, log);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollBack = Prepare("ROLLBACK");
    }

    /// <summary>For work inside <see cref="WriteAsync(Action, CancellationToken)"/> only.</summary>
    public SqliteConnection Connection { get; }

    public WriteAheadLog Log { get; }

    /// <summary>Called when a transaction was undone: whoever remembers ids from inside it must forget them.</summary>
    public event Action? RolledBack;

    /// <exception cref="StoreException">The file cannot be used; the sentence says why.</exception>
    public static Writer Open(string path, SqliteOptions options)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            Format.Bring(connection, path);

            // Every commit reaches the disk before it is acknowledged. The log is cut back after a checkpoint that emptied it.
            connection.Execute($"""
                PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16384;
                PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = {options.MaxLogBytes}
                """);
            connection.Execute($"PRAGMA max_page_count = {Math.Max(1, options.MaxFileBytes / connection.ExecuteScalar<long>("PRAGMA page_size"))}");
            return new Writer(path, connection, new WriteAheadLog(path, connection, options.MaxLogBytes));
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Faults.Of(e, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A statement of this connection, disposed with it.</summary>
    public Statement Prepare(string sql)
    {
        var statement = new Statement(Connection.Handle!, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs the work in one transaction: all of it, or, when it throws, nothing.</summary>
    /// <exception cref="StoreException">The database could not take it.</exception>
    public ValueTask WriteAsync(Action work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        try
        {
            Write(work);
            return ValueTask.CompletedTask;
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e is SqliteException fault ? Faults.Of(fault, _path) : e);
        }
    }

    /// <summary>
    /// Gives back to the file system up to <paramref name="pages"/> of the free pages above <paramref name="kept"/>. Never throws: when it
    /// cannot, they stay to be used again.
    /// </summary>
    public void Shrink(long kept, int pages)
    {
        lock (_lock)
        {
            try
            {
                if (Connection.ExecuteScalar<long>("PRAGMA freelist_count") > kept)
                {
                    using var vacuum = new Statement(Connection.Handle!, $"PRAGMA incremental_vacuum({pages})");
                    vacuum.Run();
                }
            }
            catch (SqliteException)
            {
                // Only a matter of size: a later call tries again.
            }
        }
    }

    /// <summary>Empties the log into the file and closes both.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var statement in _statements)
            {
                statement.Dispose();
            }

            try
            {
                Connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            catch (SqliteException)
            {
                // The log stays beside the file and is read at the next start: nothing is lost.
            }

            Connection.Dispose();
        }
    }

    private void Write(Action work)
    {
        lock (_lock)
        {
            try
            {
                RollBack();
                _begin.Run();
                work();
                _commit.Run();
            }
            catch
            {
                try
                {
                    RollBack();
                }
                catch (SqliteException)
                {
                    // The first error is the one to report. The next write tries again to undo this one.
                }

                RolledBack?.Invoke();
                throw;
            }

            Log.Committed();
        }
    }

    /// <summary>Ends an open transaction; some errors (disk full) have ended it by themselves.</summary>
    private void RollBack()
    {
        if (raw.sqlite3_get_autocommit(Connection.Handle!) == 0)
        {
            _rollBack.Run();
        }
    }
}
