using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Console.Api;

/// <summary>Values over time: the mean of each step of so many seconds, at the time of its start; with step 0 every value as stored.</summary>
internal sealed record ReadingsDto(
    string Measurement, string Quantity, string Title, string Unit, DateTimeOffset From, DateTimeOffset To, double StepS, IReadOnlyList<SeriesDto> Series);

internal sealed record SeriesDto(IReadOnlyDictionary<string, string> Tags, IReadOnlyList<PointDto> Points);

internal readonly record struct PointDto(DateTimeOffset Time, double Value);

/// <summary>Values over time: <c>/api/readings?site=&amp;zone=&amp;quantity=&amp;from=&amp;to=&amp;step=</c>, of one device with <c>&amp;device=</c>.</summary>
internal static class ReadingsApi
{
    private const int MostBuckets = 5_000;
    private const int UsualBuckets = 360;
    private static readonly TimeSpan UsualRange = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestRaw = TimeSpan.FromHours(24);
    private static readonly long[] Steps = [.. new[] { 1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400 }.Select(s => s * 1000L)];

    public static async Task<JsonHttpResult<ReadingsDto>> ReadAsync(
        [AsParameters] ReadingsQuery query, IHistory history, TimeProvider time, CancellationToken cancellationToken)
    {
        var quantity = Known(query.Quantity);
        var to = Query.Time("to", query.To) ?? time.GetUtcNow();
        var from = Query.Time("from", query.From) ?? to - UsualRange;
        var step = Step(from, to, Query.Step(query.Step));
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["site"] = Query.Name("site", query.Site), ["zone"] = Query.Name("zone", query.Zone) };
        if (query.Device is not null)
        {
            tags["device"] = Query.Name("device", query.Device);
        }

        var measurement = query.Device is null ? Schema.Climate : Schema.Telemetry;
        var found = await history.ReadAsync(
            new HistoryQuery(measurement, quantity.Name, tags, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), step), cancellationToken);
        var series = found.Select(s => new SeriesDto(s.Tags, [.. s.Points.Select(p => new PointDto(DateTimeOffset.FromUnixTimeMilliseconds(p.TimeMs), p.Value))]));
        return TypedResults.Json(
            new ReadingsDto(measurement, quantity.Name, quantity.Title, quantity.Unit.Symbol, from, to, step / 1000.0, [.. series]),
            ApiJson.Context.ReadingsDto);
    }

    private static Quantity Known(string? name) =>
        name is null ? throw new BadQueryException("'quantity' is missing: give a canonical name such as air_temperature.")
        : Quantities.TryGet(name, out var quantity) ? quantity
        : throw new BadQueryException($"'quantity' must be one of: {string.Join(", ", Quantities.All)}.");

    private static long Step(DateTimeOffset from, DateTimeOffset to, long? asked)
    {
        if (from >= to)
        {
            throw new BadQueryException("'from' must be before 'to'.");
        }

        var range = (long)(to - from).TotalMilliseconds;
        if (asked == 0 && to - from > LongestRaw)
        {
            throw new BadQueryException("With 'step=raw' the time from 'from' to 'to' may be 24 h at most: ask for less, or give a step.");
        }

        var step = asked ?? Steps.FirstOrDefault(s => range / s <= UsualBuckets, Steps[^1]);
        return step == 0 || range / step <= MostBuckets
            ? step
            : throw new BadQueryException($"This would be more than {MostBuckets} steps: give a longer 'step' or a shorter time.");
    }
}

/// <summary>The parameters as they were sent.</summary>
internal sealed record ReadingsQuery(string? Site, string? Zone, string? Quantity, string? Device, string? From, string? To, string? Step);
