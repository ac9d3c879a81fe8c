using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation.Targets;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Status;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Stored;

/// <summary>Red when a zone or a device could look well on a dashboard although nobody knows, or although it is not.</summary>
public sealed class How_zones_and_devices_are : IZonePictures, IActuatorViews, IAsyncDisposable
{
    private static readonly string[] ZoneFields = [.. Dashboards.KnownSchema.Measurements[Schema.Zone].Fields];
    private static readonly string[] DeviceFields = [.. Dashboards.KnownSchema.Measurements[Schema.Device].Fields];

    private readonly StatusFarm _farm = new("""
        farm: f
        sites:
          - id: t1
            name: T
            devices: [{ id: weather, interval: 30 s, quantities: [wind_speed] }]
            zones:
              - id: gh1
                name: G
                area: 1000 m2
                devices:
                  - { id: climate-1, interval: 10 s, stale_after: 2 min, quantities: [air_temperature, relative_humidity] }
                  - { id: climate-2, interval: 10 s, stale_after: 2 min, quantities: [air_temperature] }
        """);

    private readonly List<ActuatorView> _actuators = [];
    private readonly StatusWriter _writer;
    private ZonePicture? _picture;

    public How_zones_and_devices_are() => _writer = new StatusWriter(
        new ZoneStatus(_farm.Map, _farm.Alarms, this, this, _farm.Catalog),
        new DeviceStatus(_farm.Map, _farm.Folder.Ledger, _farm.Catalog, _farm.Metrics, _farm.Steady),
        _farm.Alarms, _farm.Store, _farm.Metrics, _farm.Steady, _farm.Clock, NullLogger<StatusWriter>.Instance);

    [Fact]
    public async Task A_zone_says_in_one_row_how_it_is()
    {
        _farm.Measure("climate-1", Quantities.AirTemperature, 21);
        _farm.Measure("climate-1", Quantities.RelativeHumidity, 120, Flag.Fail);
        _farm.Clock.Advance(TimeSpan.FromSeconds(30));
        _farm.Measure("climate-2", Quantities.AirTemperature, 99, Flag.Suspect);
        _picture = new ZonePicture(_farm.Steady.Now().SteadyMs, Bands: 4, Within: 2, Unknown: 1, Overrides: 3, IsStopped: true);
        _farm.Alarms.Raise(new AlarmKey("t1", "gh1", "frost"), "critical", "cold");
        _farm.Alarms.Raise(new AlarmKey("t1", "gh1", "wet"), "warning", "wet");
        _farm.Alarms.Acknowledge("t1:gh1:wet", "aigul", "");
        _farm.Alarms.Happened(new AlarmKey("t1", "gh1", "over"), "critical", "It was.");
        _farm.Alarms.Raise(new AlarmKey("t1", "site", "clock_wrong"), "warning", "late");
        _actuators.AddRange([View("a", "local", true), View("b", "remote", false), View("c", "remote", true), View("d", null, null)]);

        await _writer.WriteAsync(default);

        var rows = await _farm.RowsAsync(Schema.Zone, ZoneFields);
        Assert.Equal(
            "age_s=30 alarms=2 alarms_critical=1 alarms_unacknowledged=2 area=1000 band_unknown=0.25 in_band=0.5 not_remote=2 overrides=3 sensors=3 sensors_bad=2 status=2 stopped=1 trust=0.333",
            Shown(rows.Single(r => r.Texts["zone"] == "gh1")));
        Assert.Equal("alarms=1 alarms_critical=0 alarms_unacknowledged=1 sensors=1 sensors_bad=1 status=3 trust=0", Shown(rows.Single(r => r.Texts["zone"] == "site")));
    }

    [Theory]
    [InlineData("", "status=0")]
    [InlineData("no reading", "status=3")]
    [InlineData("stopped", "status=2")]
    [InlineData("critical", "status=2")]
    [InlineData("warning", "status=1")]
    [InlineData("bad sensor", "status=1")]
    [InlineData("out of band", "status=1")]
    [InlineData("override", "status=1")]
    [InlineData("local", "status=1")]
    [InlineData("no rules", "status=1")]
    public async Task One_number_says_what_is_to_be_done(string what, string status)
    {
        if (what != "no reading")
        {
            _farm.Measure("climate-1", Quantities.AirTemperature, 21);
            _farm.Measure("climate-1", Quantities.RelativeHumidity, what == "bad sensor" ? 120 : 60, what == "bad sensor" ? Flag.Fail : Flag.Good);
            _farm.Measure("climate-2", Quantities.AirTemperature, 21);
        }

        _picture = what == "no rules" ? null : new ZonePicture(_farm.Steady.Now().SteadyMs, 4, what == "out of band" ? 3 : 4, 0, what == "override" ? 1 : 0, what == "stopped");
        _actuators.Add(View("a", what == "local" ? "local" : "remote", true));
        if (what is "critical" or "warning")
        {
            _farm.Alarms.Raise(new AlarmKey("t1", "gh1", "frost"), what, "cold");
        }

        await _writer.WriteAsync(default);

        Assert.Equal(status, Shown((await _farm.RowsAsync(Schema.Zone, "status")).Single(r => r.Texts["zone"] == "gh1")));
    }

    [Fact]
    public async Task What_the_rules_said_a_while_ago_is_not_how_it_is()
    {
        _picture = new ZonePicture(_farm.Steady.Now().SteadyMs, 4, 4, 0, 0, false);
        _farm.Clock.Advance(TimeSpan.FromSeconds(61));

        await _writer.WriteAsync(default);

        Assert.Empty((await _farm.RowsAsync(Schema.Zone, "in_band", "band_unknown", "overrides", "stopped")));
    }

    [Fact]
    public async Task A_device_is_silent_when_it_should_have_been_heard_and_not_before_that_is_known()
    {
        await _writer.WriteAsync(default);
        _farm.Clock.Advance(TimeSpan.FromSeconds(100));
        _farm.Measure("climate-1", Quantities.AirTemperature, 21);
        _farm.Clock.Advance(TimeSpan.FromSeconds(21));
        await _writer.WriteAsync(default);
        _farm.Clock.Advance(TimeSpan.FromSeconds(100));
        await _writer.WriteAsync(default);

        var rows = await _farm.RowsAsync(Schema.Device, "age_s", "silent", "received");
        Assert.Equal(["received=0", "age_s=21 received=0 silent=0", "age_s=121 received=0 silent=1"], Of("climate-1"));
        Assert.Equal(["received=0", "received=0 silent=1", "received=0 silent=1"], Of("climate-2"));
        IEnumerable<string> Of(string device) => rows.Where(r => r.Texts["device"] == device).Select(Shown);
    }

    [Fact]
    public async Task A_device_shows_what_the_ledger_counts_of_it()
    {
        var batch = new StoreBatch();
        batch.CountsOf("t1/climate-1") = new LedgerCounts { Received = 9, Stored = 6, Duplicate = 2, Quarantined = 1, Late = 4, Missing = 5 };
        await _farm.Folder.EmbeddedStore.CommitAsync(batch, default);

        await _writer.WriteAsync(default);

        Assert.Equal(
            "duplicate=2 late=4 missing=5 quarantined=1 received=9 stored=6",
            Shown((await _farm.RowsAsync(Schema.Device, DeviceFields)).Single(r => r.Texts["device"] == "climate-1")));
    }

    [Fact]
    public async Task What_holds_is_said_again_after_the_start_and_every_fifth_minute()
    {
        _farm.Alarms.Raise(new AlarmKey("t1", "gh1", "frost"), "critical", "cold");
        for (var minute = 1; minute <= 11; minute++)
        {
            _farm.Clock.Advance(TimeSpan.FromMinutes(1));
            await _writer.WriteAsync(default);
        }

        var rows = await _farm.RowsAsync(Schema.Alarm, "raised");
        Assert.Equal([1, 5, 5], rows.Zip(rows.Skip(1)).Select(r => (r.Second.TimeMs - r.First.TimeMs) / 60_000));
    }

    public ZonePicture? PictureOf(string site, string zone) => _picture;

    public IReadOnlyList<ActuatorView> ViewOf(string site, string zone) => _actuators;

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _farm.DisposeAsync();
    }

    private static ActuatorView View(string id, string? mode, bool? isOnline) => new(id, ActuatorKind.Switch, null, null, null, mode, null, "") { IsOnline = isOnline };

    private static string Shown(HistoryRow row) => string.Join(' ', row.Numbers.Select(n => FormattableString.Invariant($"{n.Key}={n.Value:0.###}")).Order(StringComparer.Ordinal));
}
