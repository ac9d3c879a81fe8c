using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class Embedded_history : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Any = [];
    private readonly DataFolder _data = new();
    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public async Task Gives_every_value_in_order_of_time_from_inclusive_to_exclusive()
    {
        await StoreAsync("a", (3000, 3), (1000, 1), (2000, 2), (4000, 4));

        Assert.Equal(["a 1000=1 2000=2 3000=3"], await AskAsync(new HistoryQuery("telemetry", "co2", Any, 1000, 4000, 0)));
    }

    [Fact]
    public async Task Gives_means_of_buckets_aligned_to_the_epoch_without_the_empty_ones()
    {
        await StoreAsync("a", (-1500, 9), (-500, 1), (0, 2), (999, 4), (1000, 10), (3999, 7), (4000, 100));

        Assert.Equal(["a -1000=1 0=3 1000=10 3000=7"], await AskAsync(new HistoryQuery("telemetry", "co2", Any, -1000, 4000, 1000)));
    }

    [Fact]
    public async Task Means_only_what_was_asked_for_of_a_bucket_that_begins_earlier()
    {
        await StoreAsync("a", (0, 100), (500, 2), (700, 4));

        Assert.Equal(["a 0=3"], await AskAsync(new HistoryQuery("telemetry", "co2", Any, 500, 1000, 1000)));
    }

    [Fact]
    public async Task Gives_the_series_that_have_the_tags_and_no_others()
    {
        await StoreAsync("a", (1000, 1));
        await StoreAsync("b", (1000, 2));
        await StoreAsync("c", (9000, 3));

        var query = new HistoryQuery("telemetry", "co2", Any, 0, 2000, 0);
        Assert.Equal(["a 1000=1", "b 1000=2"], await AskAsync(query));
        Assert.Equal(["b 1000=2"], await AskAsync(query with { Tags = new Dictionary<string, string> { ["site"] = "s", ["device"] = "b" } }));
        Assert.Empty(await AskAsync(query with { Tags = new Dictionary<string, string> { ["device"] = "z" } }));
        Assert.Empty(await AskAsync(query with { Tags = new Dictionary<string, string> { ["zone"] = "b" } }));
        Assert.Empty(await AskAsync(query with { Field = "air_temperature" }));
        Assert.Empty(await AskAsync(query with { Measurement = "climate" }));
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
