using System.Formats.Tar;
using System.IO.Compression;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Backup;

/// <summary>
/// Copies a data folder, also one that a worker is writing to, into one archive: a state as after a kill -9 at some moment of the copying.
/// Nothing that was acknowledged before the beginning is missing. The other files are opened first and read last, after the database, so that
/// they hold everything that the database of the copy knows to be in them, and what was written to them and not yet known to the database.
/// </summary>
internal static class Backup
{
    /// <summary>Makes the backup; at its end it is whole and on disk under its name, or there is none.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="farm">The farm folder, to go with it; null: it stays out.</param>
    /// <param name="archive">The file to make; it must not be there.</param>
    /// <param name="clock">Clock.</param>
    /// <exception cref="SettingsException">Something is in the way; one sentence.</exception>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static BackupManifest Make(string data, string? farm, string archive, TimeProvider clock)
    {
        var database = Path.Combine(data, SqliteFolder.FileName);
        if (!File.Exists(database))
        {
            throw new SettingsException($"There is no data in '{data}': name the folder of the worker with --data.");
        }

        if (Path.Exists(archive))
        {
            throw new SettingsException($"'{archive}' is there already: choose another name.");
        }

        var created = clock.GetUtcNow();
        var (copy, partial) = ($"{archive}.database", $"{archive}.partial");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(archive))!);
        using var others = new OpenFiles(data, archive);
        others.Open();
        DiskRoom.Require(archive, (2 * (new FileInfo(database).Length + Length(database + "-wal"))) + others.Bytes);
        try
        {
            SqliteFile.Copy(database, copy);
            others.Open();
            var manifest = Write(partial, copy, others, farm, created);
            File.Move(partial, archive);
            return manifest;
        }
        finally
        {
            File.Delete(copy);
            File.Delete(partial);
        }
    }

    private static BackupManifest Write(string partial, string database, OpenFiles others, string? farm, DateTimeOffset created)
    {
        using var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var files = new List<BackupFile>();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var (name, other) in others.All)
            {
                Add(BackupManifest.DataPrefix + name, other);
            }

            using (var copy = File.OpenRead(database))
            {
                Add(BackupManifest.DataPrefix + SqliteFolder.FileName, copy);
            }

            string[] parts = farm is null ? [] : Directory.GetFiles(farm, "*", SearchOption.AllDirectories);
            foreach (var path in parts.Order(StringComparer.Ordinal))
            {
                using var part = File.OpenRead(path);
                Add(BackupManifest.FarmPrefix + Path.GetRelativePath(farm!, path).Replace('\\', '/'), part);
            }

            var manifest = new BackupManifest(BackupManifest.NewestFormat, Version(), SqliteFile.FormatOf(database), created, files);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.FileName) { DataStream = new MemoryStream(manifest.ToJson()), ModificationTime = created });
            Finish(tar, gzip);
            file.Flush(flushToDisk: true);
            return manifest;

            void Add(string name, FileStream content)
            {
                using var part = new HashedStream(content, content.Length);
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = part, ModificationTime = created });
                files.Add(new BackupFile(name, part.Length, part.Sha256()));
            }
        }
    }

    /// <summary>Both write their ends when they are disposed, and may be disposed twice.</summary>
    private static void Finish(TarWriter tar, GZipStream gzip)
    {
        tar.Dispose();
        gzip.Dispose();
    }

    private static string Version() => typeof(Backup).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
