using System.Text.Json;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>Asks a worker over HTTP what it knows.</summary>
/// <param name="http">With the address of the worker.</param>
/// <param name="start">When the scenario began.</param>
/// <param name="time">Clock of the wait.</param>
internal sealed class WorkerApi(HttpClient http, DateTimeOffset start, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public DateTimeOffset Start => start;

    /// <exception cref="SimulatorException">The worker does not answer.</exception>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var answer = await http.GetStreamAsync(new Uri(path, UriKind.Relative), cancellationToken);
            using var document = await JsonDocument.ParseAsync(answer, cancellationToken: cancellationToken);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new SimulatorException($"The worker at {http.BaseAddress}{path} does not answer as it should: {e.Message} Name its address with --worker.");
        }
    }

    /// <summary>The ledger, once everything taken in is stored: the disk is not waited for in a step.</summary>
    public async Task<JsonElement> LedgerAsync(CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); ; await Task.Delay(Pause, time, cancellationToken))
        {
            var ledger = await GetAsync("api/ledger", cancellationToken);
            if (ledger.GetProperty("total").GetProperty("in_flight").GetInt64() == 0 || time.GetElapsedTime(began) > Patience)
            {
                return ledger;
            }
        }
    }
}
