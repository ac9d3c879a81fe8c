using System.Globalization;
using System.Text.Json.Nodes;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>mosquitto, InfluxDB and the worker as three processes, used by hand with the clients that everybody has.</summary>
public sealed class The_road_on_real_servers : IAsyncLifetime
{
    private readonly TempFolder _farm = new();
    private readonly Mosquitto _broker = new();
    private readonly InfluxDb _influx = new("smart", "secret");
    private WorkerProcess _worker = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled && MosquittoClients.AreInstalled && InfluxDb.IsInstalled, "mosquitto, mosquitto-clients and influxdb are not installed.");
        await _broker.StartAsync();
        await _influx.StartAsync();
        _worker = new WorkerProcess(
            TestFarm.Write(_farm),
            ("SmartFarm__Mqtt__Port", $"{_broker.Port}"),
            ("SmartFarm__Influx__Url", _influx.Url.ToString()),
            ("SmartFarm__Influx__Version", "1"),
            ("SmartFarm__Influx__Username", "smart"),
            ("SmartFarm__Influx__Password", "secret"),
            ("SmartFarm__Commands__ExpirySeconds", "3"));
        await _worker.StartAsync();
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
    public async Task A_reading_published_by_hand_is_in_the_database_and_in_the_api()
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-1/telemetry", $$"""{"ts":{{time}},"air_temperature":{"v":74.3,"u":"[degF]"} }""");

        var answer = await Eventually.Is(() => _influx.QueryAsync("SELECT air_temperature FROM telemetry WHERE device='climate-1' AND site='t1' AND zone='gh1'", "smartfarm"), a => a.Contains("23.5"));
        Assert.Contains(time.ToString(CultureInfo.InvariantCulture), answer);
        Assert.Contains("23.5", await _worker.GetAsync("api/zones"));
        await Eventually.Is(() => _worker.GetAsync("api/ledger"), a => a.Contains("\"balanced\":true"));
    }

    [Fact]
    public async Task Heat_opens_the_vent_and_the_reply_closes_the_command()
    {
        await using var commands = await MosquittoSub.StartAsync(_broker.Port, "farm/t1/+/command");

        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-1/telemetry", """{"air_temperature":31}""");
        var command = JsonNode.Parse(await commands.NextAsync("/command"))!;
        Assert.Equal(("roof_vent", 60, "%"), ((string?)command["actuator"], (int)command["target"]!, (string?)command["unit"]));
        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/ctrl-1/command/reply", $$"""{"id":"{{command["id"]}}","status":"succeeded"}""");

        await Eventually.Is(() => _influx.QueryAsync("SELECT target FROM command WHERE outcome='succeeded' AND actuator='roof_vent'", "smartfarm"), a => a.Contains("60"));
        Assert.Contains("succeeded", await _worker.GetAsync("api/commands"));
    }

    [Fact]
    public async Task Silence_closes_the_command_as_timed_out()
    {
        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-1/telemetry", """{"air_temperature":31}""");

        await Eventually.Is(() => _influx.QueryAsync("SELECT target FROM command WHERE outcome='timed_out'", "smartfarm"), a => a.Contains("60"), seconds: 40);
        Assert.Contains("timed_out", await _worker.GetAsync("api/commands"));
    }

    [Fact]
    public async Task Rubbish_is_in_the_quarantine_and_the_feed_flows_on()
    {
        foreach (var rubbish in new[] { "{\"air_temperature\":", "{\"air_temperature\":1e400}", "{\"air_temperature\":NaN}", "{\"ts\":1000,\"air_temperature\":1}", "{\"mojo\":1}" })
        {
            await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-1/telemetry", rubbish);
        }

        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/nobody/telemetry", "{\"air_temperature\":1}");
        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-1/telemetry", "{\"co2\":777}");

        await Eventually.Is(() => _influx.QueryAsync("SELECT co2 FROM telemetry", "smartfarm"), a => a.Contains("777"));
        var quarantine = await _worker.GetAsync("api/quarantine");
        foreach (var reason in new[] { "bad_json", "bad_number", "time_too_old", "unknown_quantity", "unknown_device" })
        {
            Assert.Contains(reason, quarantine);
        }
    }

    [Fact]
    public async Task The_controllers_hear_that_the_backend_is_there_and_that_it_left()
    {
        await using var presence = await MosquittoSub.StartAsync(_broker.Port, "farm/t1/backend/status");
        Assert.Equal("online", await presence.NextAsync("backend/status"));

        await _worker.KillAsync();

        Assert.Equal("offline", await presence.NextAsync("backend/status"));
    }
}
