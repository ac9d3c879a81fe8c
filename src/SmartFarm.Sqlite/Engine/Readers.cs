using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SQLitePCL;

namespace SmartFarm.Sqlite.Engine;

/// <summary>
/// Read-only connections, pooled, at most <see cref="Limit"/> at once; more wait. Of these, answers to people take at most
/// <see cref="LongLimit"/>, so that forwarder and command ledger never wait behind them. A reader sees the last commit and never holds up the
/// writer. Reading runs on the caller's thread; cancelling interrupts it. Thread-safe.
/// </summary>
internal sealed class Readers(string path) : IDisposable
{
    public const int Limit = 8;
    public const int LongLimit = Limit - 2;
    private readonly SemaphoreSlim _free = new(Limit);
    private readonly SemaphoreSlim _freeForLong = new(LongLimit);

    private readonly string _settings =
        new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 5 }.ConnectionString;

    /// <exception cref="StoreException">The database could not be read.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            using var connection = new SqliteConnection(_settings);
            connection.Open();
            using var interruption = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle!));
            return read(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (SqliteException e)
        {
            throw Faults.Of(e, path);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>As <see cref="ReadAsync"/>, for what may take long: histories and lists that a person asked for.</summary>
    /// <exception cref="StoreException">The database could not be read.</exception>
    public async ValueTask<T> ReadLongAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _freeForLong.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(read, cancellationToken);
        }
        finally
        {
            _freeForLong.Release();
        }
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(_settings);
        SqliteConnection.ClearPool(connection);
        _free.Dispose();
        _freeForLong.Dispose();
    }
}
