using System.Text.Json;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Backup;

/// <summary>What a backup holds: the last file of its archive, so that an archive without it is known to be cut short.</summary>
/// <param name="Format">Format of the archive.</param>
/// <param name="Version">Version of the program that made it.</param>
/// <param name="DatabaseFormat">Format of the database inside.</param>
/// <param name="Created">When it was begun: everything acknowledged before is inside.</param>
/// <param name="Files">Every other file of the archive, in order.</param>
internal sealed record BackupManifest(int Format, string Version, int DatabaseFormat, DateTimeOffset Created, IReadOnlyList<BackupFile> Files)
{
    public const int NewestFormat = 1;
    public const string FileName = "manifest.json";
    public const string DataPrefix = "data/";
    public const string FarmPrefix = "farm/";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public long Bytes => Files.Sum(f => f.Bytes);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="SettingsException">It is no manifest, or one of a newer version.</exception>
    public static BackupManifest Read(byte[] json, string archive)
    {
        BackupManifest? manifest = null;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(json, Json);
        }
        catch (JsonException)
        {
            // Said below.
        }

        if (manifest?.Files is null)
        {
            throw new SettingsException($"'{archive}' is damaged: its list of files cannot be read. Use another backup.");
        }

        return manifest.Format <= NewestFormat && manifest.DatabaseFormat <= SqliteFile.NewestFormat
            ? manifest
            : throw new SettingsException($"'{archive}' was made by SmartFarm {manifest.Version}, which is newer than this one: restore it with that version.");
    }
}

/// <summary>A file in a backup.</summary>
/// <param name="Path">Its place in the archive.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its content, in hexadecimal.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);
