using Microsoft.Data.Sqlite;

namespace SmartFarm.Sqlite.Engine;

/// <summary>
/// Keeps the log of the writer short. SQLite starts it anew only when no read is under way, and reads that overlap never leave such a
/// moment; so a commit that finds it long waits for the reads of the moment. New ones need the log no more once all of it is in the file
/// (https://sqlite.org/wal.html, "Avoiding Excessively Large WAL Files"). For use under the lock of the writer, but for the two numbers.
/// </summary>
internal sealed class WriteAheadLog(string path, SqliteConnection connection, long maxBytes)
{
    public const int CommitsBetweenLooks = 64;
    private readonly string _file = path + "-wal";
    private int _commits;
    private int _nextLook = CommitsBetweenLooks;
    private long _heldUp;

    /// <summary>Size of the log now.</summary>
    public long Bytes => new FileInfo(_file) is { Exists: true } file ? file.Length : 0;

    /// <summary>How often a read lasted longer than the wait, so that the log stayed long.</summary>
    public long HeldUp => Interlocked.Read(ref _heldUp);

    /// <summary>Looks every <see cref="CommitsBetweenLooks"/> commits. Never throws: what was committed is on disk.</summary>
    public void Committed()
    {
        if (++_commits < _nextLook)
        {
            return;
        }

        _nextLook = _commits + CommitsBetweenLooks;
        if (Bytes > maxBytes && !TryEmpty())
        {
            // A look that waits in vain costs seconds: the next one comes much later.
            _nextLook = _commits + (CommitsBetweenLooks * 64);
            Interlocked.Increment(ref _heldUp);
        }
    }

    private bool TryEmpty()
    {
        try
        {
            using var checkpoint = new Statement(connection.Handle!, "PRAGMA wal_checkpoint(TRUNCATE)");
            return checkpoint.Number() == 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
