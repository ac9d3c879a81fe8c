using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Sqlite.Engine;

/// <summary>
/// The format of the file: <c>application_id</c> says whose it is, <c>user_version</c> which format it has. Migrations go forward only,
/// all that are missing in one transaction, so that a crash in the middle leaves the older format whole.
/// </summary>
internal static class Format
{
    /// <summary>The newest format, equal to the highest number under Migrations.</summary>
    public const int Newest = 5;

    /// <summary>"SFrm" in ASCII.</summary>
    public const int ApplicationId = 0x5346726D;

    /// <summary>Checks whose file it is and brings it to the newest format.</summary>
    /// <exception cref="StoreException">It is of another program, or of a newer version.</exception>
    public static void Bring(SqliteConnection connection, string path) => Bring(connection, path, [.. Enumerable.Range(1, Newest).Select(Script)]);

    /// <summary>As above, to the format that the last of <paramref name="scripts"/> makes; the first one makes format 1 of an empty file.</summary>
    public static void Bring(SqliteConnection connection, string path, IReadOnlyList<string> scripts)
    {
        var version = Check(connection, path, scripts.Count);
        if (IsEmpty(connection))
        {
            // Has an effect only before the first table and before WAL; lets freed pages be given back a few at a time.
            connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        }

        connection.Execute("PRAGMA journal_mode = WAL");
        if (version < scripts.Count)
        {
            // One transaction for the whole way, fsync at its end: a crash in the middle leaves the older format whole.
            connection.Execute($"PRAGMA synchronous = FULL; BEGIN IMMEDIATE; {string.Join('\n', scripts.Skip(version))} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {scripts.Count}; COMMIT");
        }
    }

    /// <summary>Checks whose file it is and gives its format; 0 for an empty one.</summary>
    /// <exception cref="StoreException">It is of another program, or of a newer version.</exception>
    public static int Check(SqliteConnection connection, string path, int newest = Newest)
    {
        if (connection.ExecuteScalar<long>("PRAGMA application_id") != ApplicationId && !IsEmpty(connection))
        {
            throw new StoreException($"'{path}' is a database of another program. Move it away, or choose another data folder.");
        }

        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        return version <= newest
            ? version
            : throw new StoreException($"'{path}' has format {version}, written by a newer SmartFarm; this one knows up to {newest}. Run the newer version, or another data folder.");
    }

    private static bool IsEmpty(SqliteConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema") == 0;

    /// <summary>The text of a migration.</summary>
    public static string Script(int number)
    {
        var name = number.ToString("0000", CultureInfo.InvariantCulture) + ".sql";
        using var stream = typeof(Format).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The migration {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
