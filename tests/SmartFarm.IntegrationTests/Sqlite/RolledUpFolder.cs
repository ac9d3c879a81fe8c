using Microsoft.Data.Sqlite;
using SmartFarm.IntegrationTests.Contracts;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>The embedded store, with a look at its windows past our own code.</summary>
internal sealed class RolledUpFolder(SqliteOptions? options = null) : IRolledUpDatabase
{
    public DataFolder Data { get; } = new(options);

    public SeriesCatalog Catalog { get; } = new();

    public IRollups Rollups => Data.Open.Rollups;

    public async Task StoreAsync(params Point[] points)
    {
        var batch = new StoreBatch();
        foreach (var point in points)
        {
            batch.Add(point);
        }

        await Data.Open.EmbeddedStore.CommitAsync(batch, default);
    }

    public Task<Dictionary<(string Device, string Field, long WindowMs), RolledUp>> WindowsAsync(RollupLevel level)
    {
        using var connection = new SqliteConnection($"Data Source={Data.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT tags ->> 'device', field, ts, mean, min, max, count FROM rollup_{level.Name} JOIN series ON id = series_id";
        using var reader = command.ExecuteReader();
        var windows = new Dictionary<(string, string, long), RolledUp>();
        while (reader.Read())
        {
            windows.Add(
                (reader.GetString(0), reader.GetString(1), reader.GetInt64(2)),
                new RolledUp(reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5), reader.GetInt64(6)));
        }

        return Task.FromResult(windows);
    }

    public long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Data.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public ValueTask DisposeAsync() => Data.DisposeAsync();
}

public sealed class Rollups_of_the_embedded_store : Rollup_contract
{
    protected override Task<IRolledUpDatabase> OpenAsync() => Task.FromResult<IRolledUpDatabase>(new RolledUpFolder());
}

public sealed class Rollups_of_the_embedded_store_with_hardly_any_room_for_notes : Rollup_contract
{
    protected override Task<IRolledUpDatabase> OpenAsync() => Task.FromResult<IRolledUpDatabase>(new RolledUpFolder(new SqliteOptions { MaxDirtyWindows = 2 }));
}
