using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SmartFarm.Testing;
using SmartFarm.Testing.Dashboards;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>One InfluxDB that asks for accounts. Rules are asked as Grafana asks: POST with HTTP Basic, by the account that may only read.</summary>
public sealed class AlertDatabase : IAsyncLifetime
{
    private const string Admin = "admin", Password = "secret", Reader = "grafana", ReaderPassword = "reads-only";
    private readonly InfluxDb _server = new(Admin, Password);
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        if (InfluxDb.IsInstalled)
        {
            await _server.StartAsync();
        }
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    /// <summary>A fresh database with rows, and the accounts of deploy/influxdb-v1.</summary>
    public async Task<string> NewAsync(string rows)
    {
        var name = $"alerts{Interlocked.Increment(ref _databases)}";
        await _server.QueryAsync($"CREATE DATABASE {name}");
        Assert.DoesNotContain("error", await _server.QueryAsync(string.Join(';', Statements(name, isFirst: _databases == 1))));

        using var http = Client(Admin, Password);
        using var content = new StringContent(rows);
        using var answer = await http.PostAsync($"write?db={name}&precision=s", content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return name;
    }

    /// <summary>What the reader is answered.</summary>
    public async Task<(int Status, string Text)> AsReaderAsync(string door, string database, string text)
    {
        using var http = Client(Reader, ReaderPassword);
        using HttpContent content = door == "query" ? new FormUrlEncodedContent([KeyValuePair.Create("q", text)]) : new StringContent(text);
        using var answer = await http.PostAsync($"{door}?db={database}&epoch=ms", content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Values by labels, oldest first.</summary>
    /// <exception cref="HttpRequestException">The database does not answer, or with an error.</exception>
    public async Task<IReadOnlyDictionary<string, double?[]>> AskAsync(string database, string query, DateTimeOffset from, DateTimeOffset to)
    {
        var text = new DashboardQuery("", query, IsVariable: false).Fill(from, to, "60s", new Dictionary<string, string[]>());
        var (status, answer) = await AsReaderAsync("query", database, text);
        var result = status == 200 ? JsonDocument.Parse(answer).RootElement.GetProperty("results")[0] : throw new HttpRequestException(answer);
        Assert.False(result.TryGetProperty("error", out var error), $"{error} to {text}");
        return result.TryGetProperty("series", out var series) ? series.EnumerateArray().ToDictionary(Labels, Values) : new Dictionary<string, double?[]>();
    }

    private static IEnumerable<string> Statements(string database, bool isFirst) =>
        File.ReadAllLines(Repository.PathOf("deploy", "influxdb-v1", "accounts.influxql")).Where(l => (isFirst && l.StartsWith("CREATE USER")) || l.StartsWith("GRANT"))
            .Where(l => l.Contains(Reader)).Select(l => l.Replace("\"smartfarm\"", $"\"{database}\"").Replace("READER_PASSWORD", ReaderPassword));

    private static string Labels(JsonElement series) =>
        series.TryGetProperty("tags", out var tags) ? string.Join(',', tags.EnumerateObject().Select(t => $"{t.Name}={t.Value.GetString()}").Order(StringComparer.Ordinal)) : "";

    private static double?[] Values(JsonElement series) =>
        [.. series.GetProperty("values").EnumerateArray().Select(row => row[1].ValueKind == JsonValueKind.Null ? (double?)null : row[1].GetDouble())];

    private HttpClient Client(string user, string password)
    {
        var http = new HttpClient { BaseAddress = _server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return http;
    }
}
