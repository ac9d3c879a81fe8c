using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>A data folder as the first version left it: rows wait in a table of the database file.</summary>
public sealed class A_spool_of_format_1 : IDisposable
{
    private readonly TempFolder _directory = new();

    public A_spool_of_format_1()
    {
        using var connection = Connect();
        using var script = typeof(Format).Assembly.GetManifestResourceStream("0001.sql")!;
        connection.Execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
        connection.Execute($"{new StreamReader(script).ReadToEnd()} PRAGMA application_id = {Format.ApplicationId}; PRAGMA user_version = 1");
        connection.Execute("INSERT INTO ledger VALUES ('s/a', 100, 90, 5, 5, 0, 0)");
        for (var i = 1; i <= 100; i++)
        {
            var body = Encoding.ASCII.GetBytes($"m f={i} {i}\n");
            var checksum = (long)Fingerprint.Of(body) + (i == 50 ? 1 : 0);
            connection.Execute("INSERT INTO spool (created_ms, points, checksum, body) VALUES (@i, 1, @checksum, @body)", new { i = 1000 + i, checksum, body });
        }
    }

    [Fact]
    public async Task Moves_into_the_journal_in_order_and_once()
    {
        for (var opening = 0; opening < 2; opening++)
        {
            await using var folder = OpenFolder();
            using var spool = OpenSpool(folder);

            Assert.Equal(new SpoolDepth(100, (await spool.Queue.DepthAsync(default)).Bytes, 1001), await spool.Queue.DepthAsync(default));
            Assert.Equal(90, (await spool.Ledger.ReadAsync(default))["s/a"].Stored);
            Assert.Equal("m f=50 50\n"u8.ToArray(), Assert.Single(await spool.Quarantine.ListAsync(10, RejectReason.InternalError, default)).Payload.ToArray());
            Assert.Equal(0, Tables());
        }

        await using var last = OpenFolder();
        using var queue = OpenSpool(last);
        Assert.Equal(Enumerable.Range(1, 100).Except([50]), await DrainAsync(queue));
    }

    /// <summary>A crash after the segment got its name and before the table was dropped: the table of a copy is put back.</summary>
    [Fact]
    public async Task Is_not_moved_twice_when_the_power_goes_in_between()
    {
        await using (var folder = OpenFolder())
        {
            SqliteConnection.ClearAllPools();
            File.Copy(_directory.File(SqliteFolder.FileName), _directory.File("copy.db"));
            File.Copy(_directory.File(SqliteFolder.FileName + "-wal"), _directory.File("copy.db-wal"));
            using var spool = OpenSpool(folder);
        }

        File.Move(_directory.File("copy.db"), _directory.File(SqliteFolder.FileName), overwrite: true);
        File.Move(_directory.File("copy.db-wal"), _directory.File(SqliteFolder.FileName + "-wal"), overwrite: true);
        await using var again = OpenFolder();
        Assert.Equal(1, Tables());
        using var queue = OpenSpool(again);

        Assert.Equal(Enumerable.Range(1, 100).Except([50]), await DrainAsync(queue));
        Assert.Equal(0, Tables());
    }

    [Fact]
    public async Task Begins_anew_when_the_move_did_not_end()
    {
        var folder = Directory.CreateDirectory(_directory.File(SpoolFolder.FolderName)).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "0000000000000001.journal.unfinished"), new byte[500]);
        await using var data = OpenFolder();
        using var spool = OpenSpool(data);

        Assert.Equal(99, (await DrainAsync(spool)).Count);
        Assert.Single(Directory.GetFiles(folder));
    }

    public void Dispose() => _directory.Dispose();

    private static SpoolFolder OpenSpool(SqliteFolder folder, string directory) =>
        SpoolFolder.Open(directory, new SpoolOptions(), folder.SpoolBooks, new TestTimeProvider(), NullLoggerFactory.Instance);

    private static async Task<List<int>> DrainAsync(SpoolFolder spool)
    {
        var numbers = new List<int>();
        while (await spool.Queue.PeekAsync(100, default) is { } chunk)
        {
            numbers.AddRange(Encoding.ASCII.GetString(chunk.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line.Split(' ')[2])));
            await spool.Queue.RemoveAsync(chunk, [], default);
        }

        return numbers;
    }

    private SpoolFolder OpenSpool(SqliteFolder folder) => OpenSpool(folder, _directory.Path);

    private SqliteFolder OpenFolder() => SqliteFolder.Open(_directory.Path, new SqliteOptions(), new TestTimeProvider(), NullLoggerFactory.Instance);

    private long Tables()
    {
        using var connection = Connect();
        return connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name LIKE 'spool%' AND name <> 'spool_marks'");
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_directory.File(SqliteFolder.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }
}
