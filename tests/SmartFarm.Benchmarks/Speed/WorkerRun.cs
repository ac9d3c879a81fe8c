using System.Globalization;
using System.Net;
using System.Text.Json;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>The built worker on a farm of its own, started and measured.</summary>
internal sealed class WorkerRun : IAsyncDisposable
{
    private readonly TempFolder _farm = new();
    private readonly WorkerProcess _worker;
    private readonly InfluxDb? _database;

    /// <summary>Prepares a worker.</summary>
    /// <param name="devices">Size of its farm.</param>
    /// <param name="mqttPort">Its broker.</param>
    /// <param name="database">Its database, which need not run yet; null: one that is never there, so that everything stays in the spool.</param>
    public WorkerRun(int devices, int mqttPort, InfluxDb? database)
    {
        _database = database;
        SpeedFarm.Write(_farm.Path, devices);
        _worker = new WorkerProcess(
            _farm.Path,
            ("SmartFarm__Mqtt__Port", mqttPort.ToString(CultureInfo.InvariantCulture)),
            ("SmartFarm__Influx__Url", (database?.Url ?? new Uri($"http://127.0.0.1:{Ports.Free()}/")).ToString()),
            ("SmartFarm__Influx__Version", "1"));
    }

    public ProcessMeter Meter { get; private set; } = null!;

    /// <summary>Starts it and returns at once.</summary>
    public void Launch() => Meter = new ProcessMeter(_worker.Launch().Id);

    public Task KillAsync() => _worker.KillAsync();

    /// <summary>Waits until it says that it is ready.</summary>
    public Task ReadyAsync() => UntilAsync("say that it is ready", async () =>
    {
        try
        {
            using var answer = await _worker.Http.GetAsync(new Uri(_worker.Url, "health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

    /// <summary>Waits until its ledger holds so many stored readings.</summary>
    public Task StoredAsync(long readings) => UntilAsync($"store {readings} readings", async () => await StoredNowAsync() >= readings);

    /// <summary>Messages received and bytes allocated since the start, as the worker wrote them into the database once it had received so many messages.</summary>
    public async Task<(double Messages, double AllocatedBytes)> SelfTelemetryAsync(double messages)
    {
        (double Messages, double AllocatedBytes) seen = default;
        await UntilAsync($"report {messages} messages about itself", async () =>
        {
            using var json = JsonDocument.Parse(await _database!.QueryAsync("SELECT last(messages_received), allocated_bytes FROM worker", "smartfarm"));
            if (json.RootElement.GetProperty("results")[0].TryGetProperty("series", out var series))
            {
                var row = series[0].GetProperty("values")[0];
                seen = (row[1].GetDouble(), row[2].GetDouble());
            }

            return seen.Messages >= messages;
        });
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        _farm.Dispose();
    }

    private async Task<long> StoredNowAsync()
    {
        using var json = JsonDocument.Parse(await _worker.GetAsync("api/ledger"));
        return json.RootElement.GetProperty("total").GetProperty("stored").GetInt64();
    }

    private async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        if (!await Eventually.GetAsync(isSo, isIt => isIt, TimeSpan.FromMinutes(2)))
        {
            throw new TimeoutException($"The worker did not {what} within two minutes:\n{_worker.Output}");
        }
    }
}
