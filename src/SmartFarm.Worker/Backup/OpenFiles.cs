using SmartFarm.Sqlite;

namespace SmartFarm.Worker.Backup;

/// <summary>
/// Every file of a data folder but the database, held open: a file that its owner deletes meanwhile can still be copied. Files are expected
/// to grow at their end only, and a torn last record to be cut off by who reads it.
/// </summary>
/// <param name="directory">The data folder.</param>
/// <param name="archive">The backup that is being made, which may stand in the folder itself.</param>
internal sealed class OpenFiles(string directory, string archive) : IDisposable
{
    /// <summary>A folder for backups in a data folder: they do not hold each other.</summary>
    public const string BackupsFolder = "backups";

    private const string Database = SqliteFolder.FileName;
    private readonly SortedDictionary<string, FileStream> _files = new(StringComparer.Ordinal);

    /// <summary>Path within the folder, with <c>/</c>, and the file.</summary>
    public IEnumerable<KeyValuePair<string, FileStream>> All => _files;

    public long Bytes => _files.Values.Sum(f => f.Length);

    /// <summary>Opens what is there and not yet open.</summary>
    public void Open()
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(directory, path).Replace('\\', '/');
            if (!_files.ContainsKey(name) && Belongs(name) && !Path.GetFullPath(path).StartsWith(Path.GetFullPath(archive), StringComparison.Ordinal) && TryOpen(path) is { } file)
            {
                _files.Add(name, file);
            }
        }
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private static bool Belongs(string name) =>
        name is not (Database or Database + "-wal" or Database + "-shm" or DataFolderLock.FileName)
        && !name.StartsWith(BackupsFolder + "/", StringComparison.Ordinal)
        && !name.Split('/').Any(part => part.StartsWith('.') || part.StartsWith(Restore.AsidePrefix, StringComparison.Ordinal));

    /// <summary>Null when it has just been deleted: then nothing needs it any more.</summary>
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
