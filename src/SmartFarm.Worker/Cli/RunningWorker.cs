using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli;

/// <summary>The worker that runs on this computer, asked through its HTTP API.</summary>
internal sealed class RunningWorker(HttpSettings settings) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Where it is asked: one that listens on every address answers on loopback.</summary>
    public Uri Address { get; } = new($"http://{(settings.Address is "0.0.0.0" or "::" ? "127.0.0.1" : settings.Address)}:{settings.Port}/");

    /// <exception cref="SettingsException">It does not answer, or refuses; one sentence.</exception>
    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <exception cref="SettingsException">It does not answer, or refuses; one sentence.</exception>
    public Task<JsonNode> PostAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, null, cancellationToken);

    /// <exception cref="SettingsException">It does not answer, or refuses; one sentence.</exception>
    public Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, cancellationToken);

    /// <exception cref="SettingsException">It does not answer, or refuses; one sentence.</exception>
    public Task<JsonNode> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>Whether a worker of ours answers there, within two seconds.</summary>
    public async Task<bool> AnswersAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return (await PartsAsync(either.Token)).Count > 0;
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Each part of its health with its sentence; empty when what answers is no worker.</summary>
    public async Task<IReadOnlyList<(string Name, string Status, string Reason)>> PartsAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(Address, "health/ready"), cancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
        return [.. (answer ?? []).Where(p => p.Value is JsonObject).Select(p => (p.Key, $"{p.Value!["status"]}", $"{p.Value["reason"]}"))];
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(Address, path));
            request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                ? JsonNode.Parse(text)!
                : throw new SettingsException((JsonNode.Parse(text)?["detail"] ?? $"The worker at {Address} answers {(int)response.StatusCode}.").ToString());
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException)
        {
            throw new SettingsException($"No worker answers at {Address} ({e.Message.TrimEnd('.')}): start it, or name its port with --http-port.", e);
        }
    }
}
