using System.Text.Json;
using SmartFarm.Testing.Dashboards;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>A real InfluxDB that holds the last hour of a sample farm.</summary>
public sealed class FilledInfluxDb : IAsyncLifetime
{
    private readonly InfluxDb _server = new();
    private readonly DateTimeOffset _end = TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        if (!InfluxDb.IsInstalled)
        {
            return;
        }

        await _server.StartAsync();
        await _server.QueryAsync("CREATE DATABASE smartfarm");
        using var http = new HttpClient { BaseAddress = _server.Url };
        using var content = new StringContent(SampleFarm.Lines(_end));
        using var answer = await http.PostAsync("write?db=smartfarm&precision=ms", content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    /// <summary>What is wrong with the answer to a query, or null.</summary>
    public async Task<string?> ProblemAsync(DashboardQuery query, IReadOnlyDictionary<string, string[]> selection)
    {
        var text = query.Fill(_end.AddHours(-6), _end.AddMinutes(1), "60s", selection);
        var answer = await _server.QueryAsync(text, "smartfarm");
        using var json = JsonDocument.Parse(answer);
        var hasResults = json.RootElement.TryGetProperty("results", out var results);
        if (!hasResults || results.EnumerateArray().Any(r => r.TryGetProperty("error", out _)))
        {
            return $"{query.Where}: {answer.Trim()} to {text}";
        }

        var rows = results.EnumerateArray()
            .SelectMany(r => r.TryGetProperty("series", out var series) ? series.EnumerateArray() : default)
            .Sum(s => s.GetProperty("values").EnumerateArray().Count(row => row.EnumerateArray().Skip(1).Any(v => v.ValueKind != JsonValueKind.Null)));
        return rows > 0 ? null : $"{query.Where}: no row for {text}";
    }
}
