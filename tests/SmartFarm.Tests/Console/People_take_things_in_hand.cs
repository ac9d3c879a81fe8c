using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Console;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Testing.ConsoleHost;
using Xunit;

namespace SmartFarm.Tests.Console;

/// <summary>
/// Overrides, emergency stop and alarms over a real Kestrel, the rules played by the test. Red when one is taken without an owner, a reason or an end, when
/// a page of another site may do it, or when the answer comes before the rules have followed.
/// </summary>
public sealed class People_take_things_in_hand : IAsyncLifetime, IManualView
{
    private readonly TempFolder _temp = new(inMemory: true);
    private readonly TestTimeProvider _clock = new();
    private readonly ZoneInbox _inbox = new(new ZoneSignal());
    private readonly List<OverrideView> _overrides = [];
    private readonly List<StopView> _stops = [];
    private SqliteFolder _folder = null!;
    private AlarmBook _alarms = null!;
    private ConsoleServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), _clock, NullLoggerFactory.Instance);
        var store = new StoreRunner(_folder.EmbeddedStore, new WorkerMetrics(), _clock, NullLogger<StoreRunner>.Instance);
        _alarms = new AlarmBook(store, new SeriesCatalog(), new SteadyClock(_clock), NullLogger<AlarmBook>.Instance);
        var farm = new MovableFarm
        {
            Now =
            [
                new ZoneView("s1", "gh1", "Greenhouse", null, [], 0, [],
                [
                    new ActuatorView("roof_vent", ActuatorKind.Position, "%", null, null, null, null, ""),
                    new ActuatorView("heater", ActuatorKind.Switch, null, null, null, null, null, ""),
                ]),
                new ZoneView("s1", "gh2", "Greenhouse", null, [], 0, [], [new ActuatorView("pump", ActuatorKind.Switch, null, null, null, null, null, "")]),
            ],
        };
        _server = await ConsoleServer.StartAsync(farm, _clock, new ConsoleOptions(), more: s => s.AddSingleton(_inbox).AddSingleton<IManualView>(this).AddSingleton<IAlarmList>(_alarms));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
        _temp.Dispose();
    }

    [Fact]
    public async Task An_override_is_answered_when_the_rules_have_followed_it()
    {
        var asked = PostAsync("api/overrides", """{"zone":"gh1","actuator":"roof_vent","target":"40 %","for":"2 h","owner":"aigul","reason":"painting the gutter"}""");

        var note = await FollowAsync(asked);
        var (status, answer) = await asked;

        Assert.Equal(new ZoneNote.Overridden("s1", "gh1", "roof_vent", 40, "aigul", "painting the gutter", TimeSpan.FromHours(2)), note);
        Assert.Equal(HttpStatusCode.OK, status);
        var shown = answer["overrides"]!.AsArray().Single()!;
        Assert.Equal(("roof_vent", "aigul", "2026-11-22T10:00:00.000Z"), ($"{shown["actuator"]}", $"{shown["owner"]}", $"{shown["until"]}"));
    }

    [Theory]
    [InlineData("""{"zone":"gh1","actuator":"roof_vent","target":"140 %","for":"2 h","owner":"a","reason":"r"}""", "within 0..100 %")]
    [InlineData("""{"zone":"gh1","actuator":"roof_vent","target":"40 °C","for":"2 h","owner":"a","reason":"r"}""", "a number in %")]
    [InlineData("""{"zone":"gh1","actuator":"heater","target":"40 %","for":"2 h","owner":"a","reason":"r"}""", "must be on or off")]
    [InlineData("""{"zone":"gh1","actuator":"heater","target":"on","owner":"a","reason":"r"}""", "'for' must say how long")]
    [InlineData("""{"zone":"gh1","actuator":"heater","target":"on","for":"90 d","owner":"a","reason":"r"}""", "'for' must say how long")]
    [InlineData("""{"zone":"gh1","actuator":"heater","target":"on","for":"2 h","reason":"r"}""", "'owner' is missing")]
    [InlineData("""{"zone":"gh1","actuator":"heater","target":"on","for":"2 h","owner":"a","reason":" "}""", "'reason' is missing")]
    [InlineData("""{"zone":"gh3","actuator":"heater","target":"on","for":"2 h","owner":"a","reason":"r"}""", "known are s1/gh1, s1/gh2")]
    [InlineData("""{"zone":"gh1","actuator":"pump","target":"on","for":"2 h","owner":"a","reason":"r"}""", "it has roof_vent, heater")]
    [InlineData("""{"zone":["gh1"]}""", "cannot be read")]
    public async Task What_is_not_whole_is_refused_with_a_sentence(string body, string sentence)
    {
        var (status, answer) = await PostAsync("api/overrides", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, $"{answer["detail"]}");
        Assert.False(_inbox.TryTake(out _, out _));
    }

    [Fact]
    public async Task An_emergency_stop_reaches_every_zone_and_is_ended_by_name()
    {
        var stopping = PostAsync("api/stop", """{"owner":"aigul","reason":"smoke"}""");
        await FollowAsync(stopping);
        await FollowAsync(stopping);
        Assert.Equal(["gh1", "gh2"], (await stopping).Answer["stops"]!.AsArray().Select(s => $"{s!["zone"]}"));

        var resuming = SendAsync(new HttpRequestMessage(HttpMethod.Delete, "api/stop?zone=gh2&by=aigul"));
        await FollowAsync(resuming);
        var left = (await resuming).Answer["stops"]!.AsArray().Single()!;
        Assert.Equal(("gh1", "aigul", "smoke"), ($"{left["zone"]}", $"{left["owner"]}", $"{left["reason"]}"));
    }

    [Fact]
    public async Task Rules_that_do_not_follow_within_ten_seconds_are_told_of()
    {
        var asked = PostAsync("api/stop", """{"zone":"gh2","owner":"aigul","reason":"smoke"}""");
        await Eventually.Is(() => Task.FromResult(_inbox.TryTake(out _, out _)), isTaken => isTaken);
        while (!asked.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await asked).Status);
    }

    [Fact]
    public async Task A_page_in_a_browser_may_do_none_of_it()
    {
        foreach (var (method, path) in new[] { ("POST", "api/overrides"), ("DELETE", "api/overrides?zone=gh1&actuator=heater&by=x"), ("POST", "api/stop"), ("DELETE", "api/stop?by=x"), ("POST", "api/alarms/x/ack") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Origin", "http://elsewhere.example");
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(request)).Status);
        }
    }

    [Fact]
    public async Task An_alarm_is_shown_and_acknowledged()
    {
        _alarms.Raise(new AlarmKey("s1", "gh1", "command_failed", "heater"), "warning", "It failed.");

        var (status, answer) = await PostAsync("api/alarms/s1:gh1:command_failed:heater/ack", """{"by":"aigul","note":"fuse"}""");
        var listed = (await SendAsync(new HttpRequestMessage(HttpMethod.Get, "api/alarms"))).Answer["alarms"]!.AsArray().Single()!;

        Assert.Equal((HttpStatusCode.OK, "acknowledged"), (status, $"{answer["state"]}"));
        Assert.Equal(("acknowledged", "aigul", "fuse", "heater"), ($"{listed["state"]}", $"{listed["acknowledged_by"]}", $"{listed["note"]}", $"{listed["subject"]}"));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("api/alarms/s1:gh1:frost/ack", """{"by":"aigul"}""")).Status);
    }

    public Task<ManualPicture> ManualAsync(CancellationToken cancellationToken) => Task.FromResult(new ManualPicture([.. _overrides], [.. _stops]));

    /// <summary>Follows the next word as the rules do.</summary>
    private async Task<ZoneNote> FollowAsync(Task asked)
    {
        ZoneNote? note = null;
        TaskCompletionSource? taken = null;
        await Eventually.Is(() => Task.FromResult(asked.IsCompleted || _inbox.TryTake(out note, out taken)), isThere => isThere);
        var now = _clock.GetUtcNow();
        switch (note)
        {
            case ZoneNote.Overridden o:
                _overrides.Add(new OverrideView(o.Site, o.Zone, o.Actuator, o.Target, o.Owner, o.Reason, (now + o.For).ToUnixTimeMilliseconds()));
                break;
            case ZoneNote.Stopped s:
                _stops.Add(new StopView(s.Site, s.Zone, s.Owner, s.Reason, now.ToUnixTimeMilliseconds()));
                break;
            case ZoneNote.Resumed r:
                _stops.RemoveAll(s => s.Zone == r.Zone);
                break;
        }

        Assert.False(asked.IsCompleted, "It was answered before it was followed.");
        taken!.SetResult();
        return note!;
    }

    private Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(string path, string body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") });

    private async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(HttpRequestMessage request)
    {
        using var response = await _server.Http.SendAsync(request);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}
