using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class Opening_a_data_folder : IDisposable
{
    private readonly TempFolder _directory = new();

    private string DatabaseFile => _directory.File(SqliteFolder.FileName);

    [Fact]
    public async Task Makes_a_folder_that_is_not_there_and_leaves_one_file_behind()
    {
        var directory = Path.Combine(_directory.Path, "a", "b");

        await Open(directory).DisposeAsync();

        Assert.Equal(["smartfarm.db", "smartfarm.lock"], Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Is_refused_while_another_has_it_and_possible_afterwards()
    {
        var first = Open(_directory.Path);

        Assert.Equal($"The data folder '{_directory.Path}' is in use by another SmartFarm: stop that one, or give this one a folder of its own.", Sentence(_directory.Path));

        await first.DisposeAsync();
        await Open(_directory.Path).DisposeAsync();
    }

    [Fact]
    public void Is_refused_where_nothing_can_be_written()
    {
        File.WriteAllText(_directory.File("file"), "");
        var below = _directory.File("file/data");

        Assert.StartsWith($"The data folder '{below}' cannot be written (", Sentence(below), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_when_the_file_is_of_a_newer_version()
    {
        await Open(_directory.Path).DisposeAsync();
        Execute($"PRAGMA user_version = {Format.Newest + 1}");

        Assert.Equal(
            $"'{DatabaseFile}' has format {Format.Newest + 1}, written by a newer SmartFarm; this one knows up to {Format.Newest}. Run the newer version, or another data folder.", Sentence(_directory.Path));
    }

    [Fact]
    public void Is_refused_when_the_file_is_of_another_program()
    {
        Execute("CREATE TABLE theirs (id INTEGER)");

        Assert.Equal($"'{DatabaseFile}' is a database of another program. Move it away, or choose another data folder.", Sentence(_directory.Path));
    }

    [Fact]
    public void Is_refused_when_the_file_is_no_database()
    {
        File.WriteAllText(DatabaseFile, new string('x', 5000));

        Assert.Equal($"'{DatabaseFile}' is no database: something else has that name. Move it away, or choose another data folder.", Sentence(_directory.Path));
    }

    [Fact]
    public async Task Is_refused_when_the_file_is_damaged()
    {
        await Open(_directory.Path).DisposeAsync();
        using (var file = File.OpenWrite(DatabaseFile))
        {
            // All but the header of 100 bytes: it is a database, but nothing in it can be right.
            file.Seek(100, SeekOrigin.Begin);
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 100).ToArray());
        }

        Assert.StartsWith($"'{DatabaseFile}' is damaged (", Sentence(_directory.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_refusal_the_folder_is_free_again()
    {
        File.WriteAllText(DatabaseFile, new string('x', 5000));

        Assert.Equal(Sentence(_directory.Path), Sentence(_directory.Path));
    }

    [Fact]
    public void Sets_the_database_up_so_that_every_commit_reaches_the_disk()
    {
        using var writer = Writer.Open(DatabaseFile, new SqliteOptions());
        var names = new[] { "journal_mode", "synchronous", "foreign_keys", "auto_vacuum", "busy_timeout" };

        var values = names.Select(name => writer.Connection.ExecuteScalar<string>($"PRAGMA {name}"));

        // synchronous 2 is FULL; auto_vacuum 2 is INCREMENTAL.
        Assert.Equal(["wal", "2", "0", "2", "5000"], values);
    }

    public void Dispose() => _directory.Dispose();

    private static SqliteFolder Open(string directory) => SqliteFolder.Open(directory, new SqliteOptions(), TimeProvider.System, NullLoggerFactory.Instance);

    private static string Sentence(string directory) => Assert.Throws<StoreException>(() => Open(directory)).Message;

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
