using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>What <see cref="History_of_the_embedded_store"/> does not ask.</summary>
public sealed class Embedded_history : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Any = [];
    private readonly DataFolder _data = new();
    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public async Task Aligns_buckets_before_1970_as_well()
    {
        await StoreAsync("a", (-1500, 9), (-500, 1), (0, 2), (999, 4), (1000, 10), (3999, 7), (4000, 100));

        Assert.Equal(["a -1000=1 0=3 1000=10 3000=7"], await AskAsync(new HistoryQuery("telemetry", "co2", Any, -1000, 4000, 1000)));
    }

    [Fact]
    public async Task Gives_numbers_and_leaves_texts_out()
    {
        var batch = new StoreBatch();
        batch.Add(Point.OfText(_catalog.Get("telemetry", ("device", "a")), "co2", "text", 1));
        await _data.Open.EmbeddedStore.CommitAsync(batch, default);

        Assert.Empty(await AskAsync(new HistoryQuery("telemetry", "co2", Any, 0, 2000, 0)));
    }

    [Fact]
    public async Task Stops_when_cancelled()
    {
        await StoreAsync("a", (1, 1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _data.Open.History.ReadAsync(new HistoryQuery("telemetry", "co2", Any, 0, 2000, 0), new CancellationToken(canceled: true)).AsTask());
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    private async Task StoreAsync(string device, params (long TimeMs, double Value)[] values)
    {
        var batch = new StoreBatch();
        foreach (var (time, value) in values)
        {
            batch.Add(Point.Of(_catalog.Get("telemetry", ("site", "s"), ("device", device)), "co2", value, time));
        }

        await _data.Open.EmbeddedStore.CommitAsync(batch, default);
    }

    private async Task<List<string>> AskAsync(HistoryQuery query)
    {
        var answer = await _data.Open.History.ReadAsync(query, default);
        return [.. answer.Select(s => $"{s.Tags["device"]} {string.Join(' ', s.Points.Select(p => $"{p.TimeMs}={p.Value}"))}").Order(StringComparer.Ordinal)];
    }
}
