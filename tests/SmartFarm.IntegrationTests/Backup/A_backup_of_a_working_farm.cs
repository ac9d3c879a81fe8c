using System.Text.Json.Nodes;
using SmartFarm.IntegrationTests.Life;
using SmartFarm.IntegrationTests.Worker;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Backup;

/// <summary>Backup under load, restore elsewhere, and a worker started on what was restored.</summary>
public sealed class A_backup_of_a_working_farm : IAsyncLifetime
{
    private const long FirstMs = 1_790_000_000_000;
    private readonly TempFolder _farm = new();
    private readonly TempFolder _other = new();
    private readonly Mosquitto _broker = new();
    private readonly Mosquitto _otherBroker = new();
    private readonly InfluxDb _influx = new();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, "mosquitto is not installed.");
        await _broker.StartAsync();
        await _otherBroker.StartAsync();
        TestFarm.Write(_farm);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _otherBroker.DisposeAsync();
        await _influx.DisposeAsync();
        _other.Dispose();
        _farm.Dispose();
    }

    [Fact]
    public async Task Holds_everything_that_was_stored_before_it_began_and_balances()
    {
        await using var worker = new WorkerProcess(_farm.Path, ("SmartFarm__Mqtt__Port", $"{_broker.Port}"));
        await worker.StartAsync();
        var stored = await BackUpUnderLoadAsync(worker);

        await using var again = new WorkerProcess(_farm.Path, ("SmartFarm__Mqtt__Port", $"{_otherBroker.Port}")) { Data = await RestoreAsync() };
        await again.StartAsync();

        var counts = await LedgerOf.AccountAsync(again, "t1/climate-1");
        Assert.True(counts.Stored >= stored, $"{counts.Stored} were restored of the {stored} that were stored before the backup began.");
        Assert.Equal(counts.Received, counts.Stored);
        var history = JsonNode.Parse(await again.GetAsync("api/readings?site=t1&zone=gh1&device=climate-1&quantity=co2&from=2026-09-21T13:00:00Z&to=2026-09-21T15:00:00Z&step=raw"))!;
        Assert.Equal(counts.Stored, history["series"]![0]!["points"]!.AsArray().Count);
    }

    [Fact]
    public async Task Holds_what_waited_for_the_database_while_that_was_away()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxdb is not installed.");
        (string, string)[] influx = [("SmartFarm__Influx__Url", _influx.Url.ToString()), ("SmartFarm__Influx__Version", "1")];
        await using var worker = new WorkerProcess(_farm.Path, [("SmartFarm__Mqtt__Port", $"{_broker.Port}"), .. influx]);
        await worker.StartAsync();
        var stored = await BackUpUnderLoadAsync(worker);
        await worker.KillAsync();
        var data = await RestoreAsync();
        await _influx.StartAsync();

        await using var again = new WorkerProcess(_farm.Path, [("SmartFarm__Mqtt__Port", $"{_otherBroker.Port}"), .. influx]) { Data = data };
        await again.StartAsync();

        var counts = await LedgerOf.AccountAsync(again, "t1/climate-1");
        Assert.True(counts.Stored >= stored, $"{counts.Stored} were restored of the {stored} that were stored before the backup began.");
        Assert.Equal(counts.Received, counts.Stored);
        await Eventually.Is(
            () => _influx.QueryAsync($"SELECT count(co2) FROM telemetry WHERE time >= {FirstMs}ms", "smartfarm"), answer => answer.Contains($",{counts.Stored}]"), seconds: 60);
    }

    /// <summary>Gives how many readings were in the ledger, and so on disk, before the backup began.</summary>
    private async Task<long> BackUpUnderLoadAsync(WorkerProcess worker)
    {
        await using var publisher = new Publisher(_broker.Port, 2_000, number => $$"""{"ts":{{FirstMs + number}},"seq":{{number}},"co2":{{400 + (number % 100)}}}""");
        await publisher.StartAsync();
        var (_, stored, _, _) = await LedgerOf.WhenStoredAsync(worker, "t1/climate-1", 6_000);
        Assert.InRange(stored, 6_000, long.MaxValue);

        var (code, output, errors) = await Smartfarm.RunAsync("backup", "--data", worker.Folder.File("data"), "--to", _other.File("farm.tar.gz"), "--farm", _farm.Path);
        Assert.True(code == 0, output + errors);
        var after = await LedgerOf.AccountAsync(worker, "t1/climate-1");
        Assert.True(after.Stored > stored, "The worker stored nothing while the backup ran.");
        await publisher.StopAsync();
        return stored;
    }

    private async Task<string> RestoreAsync()
    {
        var data = _other.File("data");
        var (code, output, errors) = await Smartfarm.RunAsync("restore", "--from", _other.File("farm.tar.gz"), "--data", data, "--farm", _other.File("farm"));
        Assert.True(code == 0, output + errors);
        Assert.Equal(File.ReadAllText(_farm.File("farm.yaml")), File.ReadAllText(_other.File("farm/farm.yaml")));
        return data;
    }
}
