using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite;

/// <summary>Holds a data folder against every worker without opening what is in it, as a restore needs.</summary>
public sealed class DataFolderLock : IDisposable
{
    /// <summary>Name of the lock file in the folder.</summary>
    public const string FileName = FolderLock.FileName;

    /// <summary>A folder of this name says that a restore was begun and not ended: nothing opens the data folder until it is repeated.</summary>
    public const string RestoreFolder = ".restore";

    private readonly FolderLock _lock;

    private DataFolderLock(FolderLock taken) => _lock = taken;

    /// <summary>Makes the folder when it is not there and takes it.</summary>
    /// <exception cref="StoreException">Another process has it, or it cannot be written.</exception>
    public static DataFolderLock Take(string directory) => new(FolderLock.Take(directory));

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _lock.Dispose();
}
