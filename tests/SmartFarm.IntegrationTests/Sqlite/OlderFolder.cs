using Microsoft.Data.Sqlite;
using SmartFarm.Sqlite;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Testing;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>Makes data folders as older versions left them: the migrations up to a format, and rows of that time.</summary>
internal static class OlderFolder
{
    public static void Make(string directory, int format)
    {
        Directory.CreateDirectory(directory);
        using var connection = Connect(directory);
        Format.Bring(connection, directory, [.. Enumerable.Range(1, format).Select(Format.Script)]);
        Execute(connection, File.ReadAllText(Repository.PathOf("tests", "cases", "data-folder", $"format-{format}.sql")));
    }

    public static SqliteConnection Connect(string directory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory, SqliteFolder.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
