using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>What a publisher got a PUBACK for is in the database once, whatever is killed in between.</summary>
public sealed partial class Nothing_acknowledged_is_lost : IAsyncLifetime
{
    private const long FirstMs = 1_790_000_000_000;
    private readonly TempFolder _farm = new();
    private readonly Mosquitto _broker = new();
    private readonly InfluxDb _influx = new();
    private WorkerProcess _worker = null!;
    private MqttSession _publisher = null!;
    private int _acknowledged;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled && InfluxDb.IsInstalled, "mosquitto and influxdb are not installed.");
        await _broker.StartAsync();
        await _influx.StartAsync();
        _worker = new WorkerProcess(
            TestFarm.Write(_farm),
            ("SmartFarm__Mqtt__Port", $"{_broker.Port}"),
            ("SmartFarm__Influx__Url", _influx.Url.ToString()),
            ("SmartFarm__Influx__Version", "1"));
        await _worker.StartAsync();
        var options = new MqttSessionOptions { Host = "127.0.0.1", Port = _broker.Port, ClientId = "publisher" };
        _publisher = new MqttSession(options, null, TimeProvider.System, NullLogger<MqttSession>.Instance);
        _publisher.Start();
        await _publisher.WhenReadyAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not null)
        {
            await _publisher.DisposeAsync();
        }

        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await _influx.DisposeAsync();
        await _broker.DisposeAsync();
        _farm.Dispose();
    }

    [Fact]
    public async Task When_the_worker_is_killed_three_times_in_mid_flow()
    {
        const int Messages = 20_000;
        var publishing = PublishAsync(Messages);
        for (var kill = 1; kill <= 3; kill++)
        {
            await Eventually.Is(() => Task.FromResult(Volatile.Read(ref _acknowledged)), count => count >= kill * 4_000);
            await _worker.KillAsync();
            await _worker.StartAsync();
        }

        await publishing;
        await EverythingIsThereAsync(Messages);
    }

    [Fact]
    public async Task When_the_database_is_away_in_mid_flow_and_rules_run_on()
    {
        const int Messages = 5_000;
        await _influx.KillAsync();
        await PublishAsync(Messages);
        await using var commands = await MosquittoSub.StartAsync(_broker.Port, "farm/t1/+/command");
        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-1/telemetry", """{"air_temperature":31}""");
        Assert.Contains("roof_vent", await commands.NextAsync("/command"));
        Assert.Contains("degraded", await Eventually.Is(() => _worker.GetAsync("health/ready"), a => a.Contains("degraded")));

        await _influx.StartAsync();

        await EverythingIsThereAsync(Messages);
    }

    private async Task PublishAsync(int messages)
    {
        using var window = new SemaphoreSlim(500);
        var all = new List<Task>(messages);
        for (var i = 0; i < messages; i++)
        {
            await window.WaitAsync();
            all.Add(PublishOneAsync(i, window));
        }

        await Task.WhenAll(all);
    }

    private async Task PublishOneAsync(int i, SemaphoreSlim window)
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"ts":{{FirstMs + i}},"seq":{{i}},"co2":{{400 + (i % 100)}}}""");
        await _publisher.PublishAsync(new MqttMessage("farm/t1/climate-1/telemetry", payload), default);
        Interlocked.Increment(ref _acknowledged);
        window.Release();
    }

    private async Task EverythingIsThereAsync(int messages)
    {
        await Eventually.Is(
            () => _influx.QueryAsync($"SELECT count(co2) FROM telemetry WHERE time >= {FirstMs}ms AND time < {FirstMs + messages}ms", "smartfarm"),
            answer => Count().Match(answer) is { Success: true } m && int.Parse(m.Groups["count"].Value) == messages,
            seconds: 90);
        await Eventually.Is(() => _worker.GetAsync("api/ledger"), a => a.Contains("\"balanced\":true"));
    }

    [GeneratedRegex(@"\[\[\d+,(?<count>\d+)\]\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Count();
}
