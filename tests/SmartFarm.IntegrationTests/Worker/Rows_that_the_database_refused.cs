using SmartFarm.IntegrationTests.Life;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>Behind InfluxDB: what it refused, and what no device of the farm had sent, comes in once the cause is mended.</summary>
public sealed class Rows_that_the_database_refused : IAsyncLifetime
{
    private readonly TempFolder _farm = new();
    private readonly Mosquitto _broker = new();
    private readonly InfluxDb _influx = new();
    private WorkerProcess _worker = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled && MosquittoClients.AreInstalled && InfluxDb.IsInstalled, "mosquitto, mosquitto-clients and influxdb are not installed.");
        await _broker.StartAsync();
        await _influx.StartAsync();
        _worker = new WorkerProcess(
            TestFarm.Write(_farm), ("SmartFarm__Mqtt__Port", $"{_broker.Port}"), ("SmartFarm__Influx__Url", _influx.Url.ToString()), ("SmartFarm__Influx__Version", "1"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await _influx.DisposeAsync();
        await _broker.DisposeAsync();
        _farm.Dispose();
    }

    [Fact]
    public async Task A_field_of_another_type_is_dropped_and_its_rows_are_replayed_into_the_database()
    {
        await _influx.QueryAsync("CREATE DATABASE smartfarm");
        using var wrong = new StringContent("telemetry,site=t1,zone=gh1,device=climate-1 co2=\"many\"");
        using var written = await _worker.Http.PostAsync(new Uri(_influx.Url, "write?db=smartfarm"), wrong);
        Assert.True(written.IsSuccessStatusCode);
        await _worker.StartAsync();

        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-1/telemetry", """{"co2":417}""");
        await Eventually.Is(() => ListAsync(), list => list.Contains("refused_by_store 1"));
        Assert.Contains("1 stay", (await ReplayAsync()).Output);

        await _influx.QueryAsync("DROP MEASUREMENT telemetry", "smartfarm");
        Assert.Equal(0, (await ReplayAsync()).ExitCode);

        Assert.Contains("417", await _influx.QueryAsync("SELECT co2 FROM telemetry", "smartfarm"));
        Assert.Contains("0 in the quarantine", await ListAsync());
    }

    [Fact]
    public async Task A_device_that_is_claimed_has_its_readings_in_the_database_and_the_ledger()
    {
        await _worker.StartAsync();
        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-9/telemetry", """{"air_temperature":23.5}""");
        await Eventually.Is(() => ListAsync(), list => list.Contains("unknown_device 1"));
        var yaml = File.ReadAllText(_farm.File("farm.yaml"));
        File.WriteAllText(_farm.File("farm.yaml"), yaml.Replace("          - { id: climate-1,", "          - { id: climate-9, quantities: [air_temperature] }\n          - { id: climate-1,"));
        Assert.Equal(0, await _worker.TerminateAsync(TimeSpan.FromSeconds(20)));
        await _worker.StartAsync();

        Assert.Equal(0, (await ReplayAsync()).ExitCode);

        await Eventually.Is(() => _influx.QueryAsync("SELECT air_temperature FROM telemetry WHERE device='climate-9'", "smartfarm"), answer => answer.Contains("23.5"));
        Assert.Equal((1, 1, 0, 0), await LedgerOf.WhenStoredAsync(_worker, "t1/climate-9", 1));
        Assert.Contains("0 in the quarantine", await ListAsync());
    }

    private async Task<string> ListAsync() => (await Smartfarm.RunAsync("quarantine", "list", "--http-port", $"{_worker.Port}")).Output;

    private Task<(int ExitCode, string Output, string Errors)> ReplayAsync() => Smartfarm.RunAsync("quarantine", "replay", "--http-port", $"{_worker.Port}");
}
