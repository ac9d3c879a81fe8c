namespace SmartFarm.Sqlite.Engine;

/// <summary>
/// Keeps the last bytes of the disk for making room: a removal, too, has to write to the log before it frees anything, so a disk filled to
/// its last byte could never be emptied again. Asked at every commit of a batch: one system call, beside an fsync nothing. Thread-safe.
/// </summary>
internal sealed class FreeSpace(string path, SqliteOptions options)
{
    private readonly string _directory = Path.GetDirectoryName(path)!;

    /// <exception cref="StoreFullException">The disk has less than <see cref="SqliteOptions.MinFreeBytes"/> left.</exception>
    public void Check()
    {
        if (options.MinFreeBytes > 0 && Left() is { } left && left < options.MinFreeBytes)
        {
            throw new StoreFullException(
                $"There is no room for '{path}': the disk has {left} bytes left, and {options.MinFreeBytes} are kept for emptying it. Nothing is acknowledged until there is; make room or lower the limit.");
        }
    }

    private long? Left()
    {
        try
        {
            return options.FreeBytesOf(_directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A disk that does not say: SQLite reports a full one at the write.
            return null;
        }
    }
}
