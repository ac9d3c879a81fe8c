using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Sqlite.Engine;

/// <summary>Keeps a second process out of a data folder. The operating system lets go of it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "smartfarm.lock";
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int SharingViolationWindows = unchecked((int)0x80070020);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Makes the folder when it is not there and takes it.</summary>
    /// <exception cref="StoreException">It is taken, or cannot be written.</exception>
    public static FolderLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new FolderLock(new FileStream(Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult is WouldBlockLinux or WouldBlockMac or SharingViolationWindows)
        {
            throw new StoreException($"The data folder '{directory}' is in use by another SmartFarm: stop that one, or give this one a folder of its own.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder '{directory}' cannot be written ({e.Message}). Give this user the right to, or choose another folder.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
