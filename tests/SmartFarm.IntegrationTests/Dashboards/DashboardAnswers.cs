using System.Text.Json;
using SmartFarm.Testing.Dashboards;
using SmartFarm.Testing.Servers;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>What a database says to a dashboard.</summary>
internal static class DashboardAnswers
{
    /// <summary>What is wrong with the answer to a query, or null; an answer without a row is wrong too.</summary>
    public static async Task<string?> ProblemAsync(this InfluxDb server, DashboardQuery query, DateTimeOffset from, DateTimeOffset to, IReadOnlyDictionary<string, string[]> selection)
    {
        var text = query.Fill(from, to, "120s", selection);
        var answer = await server.QueryAsync(text, "smartfarm");
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
