using System.Net;
using System.Text.Json;
using SmartFarm.Console;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Testing.ConsoleHost;
using Xunit;

namespace SmartFarm.Tests.Console;

/// <summary>The contract of the HTTP API, over a real Kestrel: exact JSON.</summary>
public sealed class Api_answers : IAsyncLifetime
{
    private const long Now = 1795334400000; // 2026-11-22T08:00:00Z, the start of the test clock
    private readonly MovableFarm _farm = new();
    private ConsoleServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ConsoleServer.StartAsync(_farm, new TestTimeProvider(), new ConsoleOptions());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Zones_give_values_with_unit_time_and_freshness()
    {
        _farm.Now =
        [
            new ZoneView(
                "s1", "gh1", "Теплица 1", "tomato", [new ValueView(Quantities.AirTemperature, 23.5, Now - 3000, true), new ValueView(Quantities.Co2, 812, Now - 90_000, false)],
                0.5, [new DeviceView("climate-1", Now - 3000, true, true), new DeviceView("co2-1", null, false, null)], []),
        ];

        await AssertJson("api/zones", """
            {"time":"2026-11-22T08:00:00.000Z","zones":[{"site":"s1","zone":"gh1","name":"Теплица 1","crop":"tomato","status":"partial","trust":0.5,
            "values":[{"quantity":"air_temperature","title":"Air temperature","value":23.5,"unit":"°C","time":"2026-11-22T07:59:57.000Z","fresh":true},
            {"quantity":"co2","title":"CO₂","value":812,"unit":"ppm","time":"2026-11-22T07:58:30.000Z","fresh":false}],
            "devices":[{"id":"climate-1","last_seen":"2026-11-22T07:59:57.000Z","fresh":true,"online":true},{"id":"co2-1","last_seen":null,"fresh":false,"online":null}]}]}
            """);
    }

    [Fact]
    public async Task Actuators_give_target_against_reported()
    {
        _farm.Now =
        [
            new ZoneView("s1", "gh1", "Greenhouse", null, [], 0, [],
            [
                new ActuatorView("roof_vent", ActuatorKind.Position, "%", 60, 22.5, "remote", Now - 1000, "vent-on-heat@7"),
                new ActuatorView("heater", ActuatorKind.Switch, null, null, double.NaN, null, null, ""),
            ]),
        ];
        _farm.Commands = [Record(CommandStage.Running, closedMs: null)];

        await AssertJson("api/actuators", """
            {"time":"2026-11-22T08:00:00.000Z","actuators":[
            {"site":"s1","zone":"gh1","actuator":"roof_vent","kind":"position","unit":"%","min":0,"max":100,"target":60,"reported":22.5,"reported_at":"2026-11-22T07:59:59.000Z","mode":"remote","source":"vent-on-heat@7","held":"","state":"moving"},
            {"site":"s1","zone":"gh1","actuator":"heater","kind":"switch","unit":null,"min":0,"max":1,"target":null,"reported":null,"reported_at":null,"mode":null,"source":"","held":"","state":"idle"}]}
            """);
    }

    [Fact]
    public async Task Commands_give_outcome_latency_and_reason()
    {
        _farm.Commands = [Record(CommandStage.TimedOut, Now + 240_000), Record(CommandStage.Published, null)];

        await AssertJson("api/commands?limit=1", """
            {"commands":[{"id":"00000001-0000-7000-8000-000000000001","site":"s1","zone":"gh1","controller":"ctrl-1","actuator":"roof_vent","target":60,"unit":"%","stage":"timed_out","open":false,
            "detail":"No answer.","rule":"vent-on-heat@7","reason":"air_temperature 29.1 °C \u003E 28 °C for 2 min","issued":"2026-11-22T08:00:00.000Z","expires":"2026-11-22T08:05:00.000Z",
            "published":"2026-11-22T08:00:00.040Z","closed":"2026-11-22T08:04:00.000Z","latency_ms":240000}]}
            """);
    }

    [Fact]
    public async Task The_ledger_gives_each_account_and_the_total_and_says_whether_they_balance()
    {
        _farm.Counts = new Dictionary<string, LedgerCounts>
        {
            ["unclaimed"] = new() { Received = 3, Quarantined = 3, Evicted = 6 },
            ["s1/climate-1"] = new() { Received = 10, Stored = 8, Duplicate = 1, Quarantined = 1, Late = 2, Flagged = 3, Missing = 4 },
            ["database"] = new() { RefusedByStore = 5 },
        };
        _farm.InFlight = new OpenReadings(new Dictionary<string, long> { ["s1/climate-1"] = 2 }, 0);

        await AssertJson("api/ledger", """
            {"balanced":true,
            "total":{"account":null,"received":15,"stored":8,"duplicate":1,"quarantined":4,"in_flight":2,"unexplained":0,"late":2,"flagged":3,"missing":4,"refused_by_store":5,"evicted":6},
            "accounts":[
            {"account":"database","received":0,"stored":0,"duplicate":0,"quarantined":0,"in_flight":0,"unexplained":0,"late":0,"flagged":0,"missing":0,"refused_by_store":5,"evicted":0},
            {"account":"s1/climate-1","received":12,"stored":8,"duplicate":1,"quarantined":1,"in_flight":2,"unexplained":0,"late":2,"flagged":3,"missing":4,"refused_by_store":0,"evicted":0},
            {"account":"unclaimed","received":3,"stored":0,"duplicate":0,"quarantined":3,"in_flight":0,"unexplained":0,"late":0,"flagged":0,"missing":0,"refused_by_store":0,"evicted":6}]}
            """);
    }

    [Fact]
    public async Task Two_accounts_that_are_wrong_by_the_same_amount_do_not_balance()
    {
        _farm.Counts = new Dictionary<string, LedgerCounts> { ["s1/a"] = new() { Received = 2, Stored = 1 }, ["s1/b"] = new() { Received = 1, Stored = 2 } };

        using var ledger = JsonDocument.Parse(await _server.Http.GetStringAsync("api/ledger"));

        Assert.Equal(2, ledger.RootElement.GetProperty("total").GetProperty("unexplained").GetInt64());
        Assert.False(ledger.RootElement.GetProperty("balanced").GetBoolean());
    }

    [Fact]
    public async Task A_reading_that_never_got_to_the_store_does_not_balance()
    {
        _farm.Counts = new Dictionary<string, LedgerCounts> { ["s1/a"] = new() { Received = 2, Stored = 2 } };
        _farm.InFlight = new OpenReadings(new Dictionary<string, long>(), Lost: 1);

        using var ledger = JsonDocument.Parse(await _server.Http.GetStringAsync("api/ledger"));

        Assert.False(ledger.RootElement.GetProperty("balanced").GetBoolean());
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_neither_balanced_nor_not()
    {
        _farm.Fault = new InvalidOperationException("broken");

        using var answer = JsonDocument.Parse(await (await _server.Http.GetAsync("api/ledger")).Content.ReadAsStringAsync());

        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("balanced").ValueKind);
    }

    [Fact]
    public async Task The_quarantine_gives_bytes_as_text_or_in_base64()
    {
        _farm.Refused =
        [
            new QuarantineEntry(7, Now, "farm/s1/x/telemetry"u8.ToArray(), "{\"a\":1}"u8.ToArray(), 7, RejectReason.UnknownDevice, "No device has the address x.", "unclaimed"),
            new QuarantineEntry(6, Now, new byte[] { 0xc0 }, new byte[] { 0xff, 0x00 }, 70_000, RejectReason.BadUtf8, "Not UTF-8.", "s1/y"),
        ];

        await AssertJson("api/quarantine", """
            {"count":2,"count_by_reason":{"bad_utf8":1,"unknown_device":1},"entries":[
            {"id":7,"time":"2026-11-22T08:00:00.000Z","account":"unclaimed","reason":"unknown_device","detail":"No device has the address x.","topic":{"text":"farm/s1/x/telemetry"},"payload":{"text":"{\u0022a\u0022:1}"},"size":7,"truncated":false},
            {"id":6,"time":"2026-11-22T08:00:00.000Z","account":"s1/y","reason":"bad_utf8","detail":"Not UTF-8.","topic":{"base64":"wA=="},"payload":{"base64":"/wA="},"size":70000,"truncated":true}]}
            """);
        using var only = JsonDocument.Parse(await _server.Http.GetStringAsync("api/quarantine?reason=bad_utf8"));
        Assert.Equal(6, only.RootElement.GetProperty("entries").EnumerateArray().Single().GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Readings_give_the_climate_of_a_zone_in_steps()
    {
        _farm.History = q => [new HistorySeries(q.Tags, [new HistoryPoint(q.FromMs, 21.25), new HistoryPoint(q.FromMs + q.StepMs, 21.5)])];

        await AssertJson("api/readings?site=s1&zone=gh1&quantity=air_temperature&from=2026-11-22T07:00:00Z&to=2026-11-22T13:00:00%2B05:00&step=5m", """
            {"measurement":"climate","quantity":"air_temperature","title":"Air temperature","unit":"°C","from":"2026-11-22T07:00:00.000Z","to":"2026-11-22T08:00:00.000Z","step_s":300,
            "series":[{"tags":{"site":"s1","zone":"gh1"},"points":[{"time":"2026-11-22T07:00:00.000Z","value":21.25},{"time":"2026-11-22T07:05:00.000Z","value":21.5}]}]}
            """);
        Assert.Equal(("climate", "air_temperature", 300_000), (_farm.LastQuery!.Measurement, _farm.LastQuery.Field, _farm.LastQuery.StepMs));
    }

    [Fact]
    public async Task Readings_of_a_device_come_from_its_telemetry_and_of_the_last_six_hours_unless_told()
    {
        await _server.Http.GetStringAsync("api/readings?site=s1&zone=gh1&quantity=co2&device=climate-1");

        var query = _farm.LastQuery!;
        Assert.Equal("telemetry", query.Measurement);
        Assert.Equal("climate-1", query.Tags["device"]);
        Assert.Equal((Now - (6 * 3_600_000), Now, 60_000), (query.FromMs, query.ToMs, query.StepMs));
    }

    [Fact]
    public async Task A_store_that_fails_is_503_with_a_sentence_and_without_its_secrets()
    {
        _farm.Fault = new InvalidOperationException("password=hunter2");

        var answer = await _server.Http.GetAsync("api/ledger");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("could not be read", text);
        Assert.DoesNotContain("hunter2", text);
    }

    private static CommandRecord Record(CommandStage stage, long? closedMs)
    {
        var issued = DateTimeOffset.FromUnixTimeMilliseconds(Now);
        var command = new Command(
            new Guid(1, 0, 0x7000, [128, 0, 0, 0, 0, 0, 0, 1]), "roof_vent", 60, "%", null, 1, issued, issued.AddMinutes(5), "air_temperature 29.1 °C > 28 °C for 2 min");
        return new CommandRecord(command, "s1", "gh1", "ctrl-1", "vent-on-heat@7", stage, "No answer.", Now + 40, closedMs);
    }

    private async Task AssertJson(string path, string expected)
    {
        var answer = await _server.Http.GetAsync(path);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal(expected.ReplaceLineEndings("").Trim(), await answer.Content.ReadAsStringAsync());
    }
}
