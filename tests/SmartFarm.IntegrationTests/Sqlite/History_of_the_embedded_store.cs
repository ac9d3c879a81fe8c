using SmartFarm.IntegrationTests.Contracts;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class History_of_the_embedded_store : History_contract, IAsyncDisposable
{
    private readonly DataFolder _data = new();

    protected override IHistory History => _data.Open.History;

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    protected override async Task StoreAsync(params Point[] points)
    {
        var batch = new StoreBatch();
        foreach (var point in points)
        {
            batch.Add(point);
        }

        await _data.Open.EmbeddedStore.CommitAsync(batch, default);
    }
}
