namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// Keeps the last bytes of the disk for making room: a removal, too, has to write before it frees anything, so a disk filled to its last byte
/// could never be emptied again. Asked at every commit of a batch: one system call, beside an fsync nothing. Thread-safe.
/// </summary>
/// <param name="path">The file or folder that the sentence names.</param>
/// <param name="directory">A folder on the disk.</param>
/// <param name="kept">Bytes to leave free; 0: none.</param>
/// <param name="freeBytesOf">Bytes that this user may still write on the disk of a folder.</param>
public sealed class FreeSpace(string path, string directory, long kept, Func<string, long> freeBytesOf)
{
    /// <summary>Checks that there is room.</summary>
    /// <exception cref="StoreFullException">The disk has less left than is to be kept.</exception>
    public void Check()
    {
        if (kept > 0 && Left() is { } left && left < kept)
        {
            throw new StoreFullException(
                $"There is no room for '{path}': the disk has {left} bytes left, and {kept} are kept for emptying it. Nothing is acknowledged until there is; make room or lower the limit.");
        }
    }

    private long? Left()
    {
        try
        {
            return freeBytesOf(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A disk that does not say: a full one is reported at the write.
            return null;
        }
    }
}
