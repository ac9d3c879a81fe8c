using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SmartFarm.Sqlite.Engine;

/// <summary>
/// The format of the file: <c>application_id</c> says whose it is, <c>user_version</c> which format it has. Migrations go forward only,
/// each in a transaction of its own, so that a crash in the middle leaves the older format whole.
/// </summary>
internal static class Format
{
    /// <summary>The newest format, equal to the highest number under Migrations.</summary>
    public const int Newest = 2;

    /// <summary>"SFrm" in ASCII.</summary>
    public const int ApplicationId = 0x5346726D;

    /// <summary>Checks whose file it is and brings it to the newest format.</summary>
    /// <exception cref="StoreException">It is of another program, or of a newer version.</exception>
    public static void Bring(SqliteConnection connection, string path)
    {
        var owner = connection.ExecuteScalar<long>("PRAGMA application_id");
        var version = connection.ExecuteScalar<long>("PRAGMA user_version");
        var isEmpty = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema") == 0;
        if (owner != ApplicationId && !isEmpty)
        {
            throw new StoreException($"'{path}' is a database of another program. Move it away, or choose another data folder.");
        }

        if (version > Newest)
        {
            throw new StoreException($"'{path}' has format {version}, written by a newer SmartFarm; this one knows up to {Newest}. Run the newer version, or another data folder.");
        }

        if (isEmpty)
        {
            // Has an effect only before the first table and before WAL; lets freed pages be given back a few at a time.
            connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        }

        connection.Execute("PRAGMA journal_mode = WAL");
        for (var next = (int)version + 1; next <= Newest; next++)
        {
            connection.Execute($"BEGIN IMMEDIATE; {Script(next)} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {next}; COMMIT");
        }
    }

    private static string Script(int number)
    {
        var name = number.ToString("0000", CultureInfo.InvariantCulture) + ".sql";
        using var stream = typeof(Format).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The migration {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
