using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Backup;

/// <summary>Reads an archive. Nothing in it is believed before <see cref="Verify"/> has read all of it.</summary>
internal static class BackupArchive
{
    private const long LargestManifest = 64 << 20;

    /// <summary>Reads the whole archive and compares every file with the manifest.</summary>
    /// <exception cref="SettingsException">It is damaged, cut short, or of a newer version.</exception>
    public static BackupManifest Verify(string archive)
    {
        byte[]? json = null;
        var found = new List<BackupFile>();
        ForEach(archive, (name, content, length) =>
        {
            if (name == BackupManifest.FileName && length <= LargestManifest)
            {
                using var whole = new MemoryStream();
                content.CopyTo(whole);
                json = whole.ToArray();
            }
            else
            {
                found.Add(new BackupFile(name, length, Convert.ToHexStringLower(SHA256.HashData(content))));
            }
        });
        if (json is null)
        {
            throw new SettingsException($"'{archive}' is cut short, or no backup of SmartFarm: its list of files is missing. Use another backup.");
        }

        var manifest = BackupManifest.Read(json, archive);
        if (manifest.Files.Except(found).Concat(found.Except(manifest.Files)).FirstOrDefault() is { } differs)
        {
            throw new SettingsException($"'{archive}' is damaged: '{differs.Path}' is not as it was when the backup was made. Use another backup.");
        }

        return manifest.Files.FirstOrDefault(f => !IsSafe(f.Path)) is { } strange
            ? throw new SettingsException($"'{archive}' holds '{strange.Path}', which belongs to no backup. Nothing was restored.")
            : manifest;
    }

    /// <summary>Writes the files whose names begin with the prefix into a folder, each on disk at the end.</summary>
    public static void Extract(string archive, string prefix, string folder) => ForEach(archive, (name, content, _) =>
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal) || !IsSafe(name))
        {
            return;
        }

        var path = Path.Combine(folder, name[prefix.Length..]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        content.CopyTo(file);
        file.Flush(flushToDisk: true);
    });

    private static void ForEach(string archive, Action<string, Stream, long> take)
    {
        if (!File.Exists(archive))
        {
            throw new SettingsException($"There is no file '{archive}': name a backup with --from.");
        }

        try
        {
            using var gzip = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    take(entry.Name, entry.DataStream ?? Stream.Null, entry.Length);
                }
            }

            // To the end, where gzip keeps the checksum of all.
            gzip.CopyTo(Stream.Null);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new SettingsException($"'{archive}' is damaged or no backup ({e.Message.TrimEnd('.')}). Use another backup.", e);
        }
    }

    private static bool IsSafe(string name) =>
        (name.StartsWith(BackupManifest.DataPrefix, StringComparison.Ordinal) || name.StartsWith(BackupManifest.FarmPrefix, StringComparison.Ordinal))
        && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal) && name.Split('/').All(part => part is not ("" or "." or ".."));
}
