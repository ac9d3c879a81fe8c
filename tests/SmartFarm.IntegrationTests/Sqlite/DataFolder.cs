using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Testing.Storage;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>A data folder in a fresh directory, opened; and a look into its file past our own code.</summary>
internal sealed class DataFolder : IAsyncDisposable
{
    private readonly TempFolder _directory = new();
    private readonly SqliteOptions _options;
    private readonly SpoolOptions _spoolOptions;

    public DataFolder(SqliteOptions? options = null, SpoolOptions? spoolOptions = null)
    {
        (_options, _spoolOptions) = (options ?? new SqliteOptions(), spoolOptions ?? new SpoolOptions());
        OpenAgain();
    }

    public string Directory => _directory.Path;

    public string File => _directory.File(SqliteFolder.FileName);

    public TestTimeProvider Time { get; } = new();

    public SqliteFolder Open { get; private set; }

    public SpoolFolder Spool { get; private set; }

    /// <summary>The spool store of this opening.</summary>
    public IDurableStore SpoolStore { get; private set; }

    public async Task CloseAsync()
    {
        Spool.Dispose();
        await Open.DisposeAsync();
    }

    public async Task ReopenAsync()
    {
        await CloseAsync();
        OpenAgain();
    }

    /// <summary>Everything in the embedded store, read with plain SQL.</summary>
    public Dictionary<(string Series, string Field, long TimeMs), string> EmbeddedRows()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT key, field, ts, value, 0 FROM points JOIN series ON id = series_id UNION ALL SELECT key, field, ts, value, 1 FROM texts JOIN series ON id = series_id
            """;
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<(string, string, long), string>();
        while (reader.Read())
        {
            var value = reader.GetInt64(4) == 1 ? reader.GetString(3) : reader.GetDouble(3).ToString("R", CultureInfo.InvariantCulture);
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)), value);
        }

        return rows;
    }

    /// <summary>What a database would have after taking everything that waits.</summary>
    public async Task<Dictionary<(string Series, string Field, long TimeMs), string>> SpooledRowsAsync()
    {
        var rows = new Dictionary<(string, string, long), string>();
        if (await Spool.Queue.PeekAsync(int.MaxValue, default) is { } all)
        {
            PlainLines.Write(all.Lines, rows);
        }

        return rows;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _directory.Dispose();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    [MemberNotNull(nameof(Open), nameof(Spool), nameof(SpoolStore))]
    private void OpenAgain()
    {
        Open = SqliteFolder.Open(Directory, _options, Time, NullLoggerFactory.Instance);
        Spool = SpoolFolder.Open(Directory, _spoolOptions, Open.SpoolBooks, Time, NullLoggerFactory.Instance);
        SpoolStore = Spool.CreateStore(new PlainLines());
    }
}
