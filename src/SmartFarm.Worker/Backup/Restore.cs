using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Backup;

/// <summary>
/// Puts a backup back. Everything is verified before anything is touched; what was in the folder is moved aside, not deleted. Ended in the
/// middle it leaves a mark that keeps workers out until it is run again.
/// </summary>
internal static class Restore
{
    /// <summary>Folders that hold what was there before, with the time of the restore.</summary>
    public const string AsidePrefix = "before-restore-";

    /// <param name="archive">The backup.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="farm">Where the farm folder of the backup goes; null: it is not restored.</param>
    /// <param name="force">Whether what is there may be moved aside.</param>
    /// <param name="clock">Clock.</param>
    /// <exception cref="SettingsException">Something is in the way; one sentence, and nothing was changed.</exception>
    /// <exception cref="StoreException">A worker has the folder open, or it cannot be written.</exception>
    public static BackupManifest Run(string archive, string data, string? farm, bool force, TimeProvider clock)
    {
        var manifest = BackupArchive.Verify(archive);
        if (!manifest.Files.Any(f => f.Path == BackupManifest.DataPrefix + SqliteFolder.FileName))
        {
            throw new SettingsException($"'{archive}' holds no database. Use another backup.");
        }

        using var hold = DataFolderLock.Take(data);
        Require(data, force);
        if (farm is not null)
        {
            Require(farm, force);
        }

        DiskRoom.Require(Path.Combine(data, SqliteFolder.FileName), manifest.Bytes);
        var time = $"{AsidePrefix}{clock.GetUtcNow():yyyyMMdd-HHmmss}";
        var aside = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? time : $"{time}-{n}").First(name => !Path.Exists(Path.Combine(data, name)));
        Put(archive, BackupManifest.DataPrefix, data, aside, examine: staging =>
            SqliteFile.Examine(Path.Combine(staging, SqliteFolder.FileName), CancellationToken.None));
        if (farm is not null && manifest.Files.Any(f => f.Path.StartsWith(BackupManifest.FarmPrefix, StringComparison.Ordinal)))
        {
            Put(archive, BackupManifest.FarmPrefix, farm, aside, examine: _ => null);
        }

        return manifest;
    }

    private static void Require(string folder, bool force)
    {
        if (!force && Content(folder).Any())
        {
            throw new SettingsException($"'{folder}' is not empty: restore into another folder, or give --force to move what is there aside.");
        }
    }

    private static void Put(string archive, string prefix, string folder, string aside, Func<string, string?> examine)
    {
        var staging = Path.Combine(folder, DataFolderLock.RestoreFolder);
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        try
        {
            BackupArchive.Extract(archive, prefix, staging);
            if (examine(staging) is { } fault)
            {
                throw new SettingsException($"The database in '{archive}' cannot be used: {fault}");
            }
        }
        catch
        {
            Directory.Delete(staging, recursive: true);
            throw;
        }

        // From here on the mark stands: what is moved aside is safe there, and what is not yet moved in is still in the staging folder.
        var old = Path.Combine(folder, aside);
        foreach (var entry in Content(folder).ToArray())
        {
            Directory.CreateDirectory(old);
            Directory.Move(entry, Path.Combine(old, Path.GetFileName(entry)));
        }

        foreach (var entry in Directory.GetFileSystemEntries(staging))
        {
            Directory.Move(entry, Path.Combine(folder, Path.GetFileName(entry)));
        }

        Directory.Delete(staging);
    }

    private static IEnumerable<string> Content(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFileSystemEntries(folder).Where(e =>
            Path.GetFileName(e) is not (DataFolderLock.FileName or DataFolderLock.RestoreFolder) && !Path.GetFileName(e).StartsWith(AsidePrefix, StringComparison.Ordinal));
}
