using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Usage;
using Xunit;

namespace SmartFarm.Tests.Stored;

/// <summary>Red when water, heat or light could be counted twice, guessed where nobody knows, or put down to the wrong five minutes.</summary>
public sealed class What_zones_use : IActuatorViews, IAsyncDisposable
{
    private readonly StatusFarm _farm = new("""
        farm: f
        sites:
          - id: t1
            name: T
            devices: [{ id: weather, interval: 10 s, stale_after: 30 s, quantities: [solar_radiation, ppfd] }]
            zones:
              - id: gh1
                name: G
                area: 1000 m2
                devices:
                  - { id: meter, interval: 10 s, stale_after: 30 s, quantities: [water_volume, water_flow, energy, power, drain_volume] }
                  - { id: meter-2, interval: 10 s, stale_after: 30 s, quantities: [water_volume, drain_volume] }
                controllers:
                  - id: ctrl-1
                    actuators:
                      - { id: drip, kind: switch, delivers: 40 L/min }
                      - { id: pipe, kind: position, range: 0..100 %, delivers: 120 kW }
                      - { id: lamps, kind: switch, delivers: 36 kW }
                      - { id: co2_valve, kind: switch, delivers: 12 kg/h }
        """);

    private readonly Dictionary<string, ActuatorView> _actuators = [];
    private UsageWriter _writer;

    public What_zones_use() => _writer = NewWriter();

    [Fact]
    public async Task A_flow_adds_up_to_litres_in_the_window_in_which_it_was()
    {
        Pass(60, _ => { });
        Pass(180, _ => _farm.Measure("meter", Quantities.WaterFlow, 6));
        Pass(60, _ => _farm.Measure("meter", Quantities.WaterFlow, 0));
        Pass(300, _ => { });

        var row = Assert.Single(await RowsAsync());
        Assert.Equal((Start, "water=17.75 area=1000"), (row.TimeMs, Shown(row)));
        Assert.Equal("water: water_flow", row.Texts["basis"]);
    }

    [Fact]
    public async Task A_counter_counts_what_it_rose_by_each_meter_its_own()
    {
        Pass(300, s =>
        {
            _farm.Measure("meter", Quantities.WaterVolume, 5000 + s);
            _farm.Measure("meter-2", Quantities.WaterVolume, 70 + (2 * s));
            _farm.Measure("meter", Quantities.WaterFlow, 99);
            _farm.Measure("meter", Quantities.Energy, 10 + (s / 100.0));
            _farm.Measure("meter", Quantities.DrainVolume, s / 1000.0);
            _farm.Measure("meter-2", Quantities.DrainVolume, 3 * s / 1000.0);
        });

        var row = Assert.Single(await RowsAsync());
        Assert.Equal("water=885 drain=590 electricity=2.95 area=1000", Shown(row));
        Assert.Equal("water: water_volume; drain: drain_volume on the area; electricity: energy", row.Texts["basis"]);
    }

    [Fact]
    public async Task A_counter_that_goes_back_and_a_gap_count_nothing()
    {
        _farm.Measure("meter", Quantities.WaterVolume, 100);
        Pass(5, _ => _farm.Measure("meter", Quantities.WaterVolume, 110));
        Pass(5, _ => _farm.Measure("meter", Quantities.WaterVolume, 3));
        Pass(5, _ => _farm.Measure("meter", Quantities.WaterVolume, 7));
        Pass(35, _ => { });
        Pass(5, _ => _farm.Measure("meter", Quantities.WaterVolume, 900));
        Pass(5, _ => _farm.Measure("meter", Quantities.WaterVolume, 901));
        Pass(240, _ => { });

        Assert.Equal("water=5 area=1000", Shown(Assert.Single(await RowsAsync())));
    }

    [Fact]
    public async Task What_is_not_metered_is_estimated_from_what_actuators_deliver_to_the_second()
    {
        foreach (var id in new[] { "drip", "pipe", "lamps", "co2_valve" })
        {
            Report(id, 0);
        }

        Pass(58, _ => { });
        Report("drip", 1);
        Pass(90, _ => { });
        Report("drip", 0);
        Report("pipe", 25);
        Report("lamps", 1);
        Report("co2_valve", 1);
        Pass(152, _ => { });

        // 40 L/min for 90 s; a quarter of 120 kW, 36 kW and 12 kg/h for 152 s.
        var row = Assert.Single(await RowsAsync());
        Assert.Equal("water=60 heat=1.267 electricity=1.52 co2=506.667 area=1000", Shown(row));
        Assert.Equal("water: drip, estimated; heat: pipe, estimated; electricity: lamps, estimated; co2: co2_valve, estimated", row.Texts["basis"]);
    }

    [Fact]
    public async Task A_meter_is_believed_before_an_estimate_and_an_estimate_is_made_when_the_meter_is_silent()
    {
        Report("drip", 1);
        Pass(300, s => _farm.Measure("meter", Quantities.WaterVolume, s / 10.0));
        Pass(300, _ => { });

        Assert.Equal(["water=29.5 area=1000", "water=200 area=1000"], (await RowsAsync()).Select(Shown));
    }

    [Fact]
    public async Task Nobody_knows_what_an_actuator_does_whose_controller_is_away()
    {
        Report("drip", 1);
        Pass(60, _ => { });
        _actuators["drip"] = _actuators["drip"] with { IsOnline = false };
        Pass(240, _ => { });
        Pass(300, _ => { });

        // From the first look on.
        Assert.Equal("water=36.667 area=1000", Shown(Assert.Single(await RowsAsync())));
    }

    [Fact]
    public async Task Radiation_and_light_add_up_from_the_sensors_of_the_site_when_the_zone_has_none()
    {
        Pass(300, _ =>
        {
            _farm.Measure("weather", Quantities.SolarRadiation, 500);
            _farm.Measure("weather", Quantities.Ppfd, -3);
        });

        var row = Assert.Single(await RowsAsync());
        Assert.Equal("radiation=14.75 light=0 area=1000", Shown(row));
        Assert.Equal("radiation: site.solar_radiation; light: site.ppfd", row.Texts["basis"]);
    }

    [Fact]
    public async Task A_restart_doubles_nothing()
    {
        Pass(310, s => _farm.Measure("meter", Quantities.WaterVolume, s));
        _writer.Dispose();
        _farm.Clock.Advance(TimeSpan.FromSeconds(50));
        _writer = NewWriter();
        Pass(250, s => _farm.Measure("meter", Quantities.WaterVolume, 360 + s));

        // Of 605 L, those of the first window, and of the second those since the restart.
        Assert.Equal([295, 235], (await RowsAsync()).Select(r => r.Numbers["water"]));
    }

    [Fact]
    public async Task While_nobody_looks_nothing_is_estimated()
    {
        Report("drip", 1);
        Pass(60, _ => { });
        _farm.Clock.Advance(TimeSpan.FromSeconds(120));
        Pass(120, _ => { });

        // From the first look on, without the two minutes and the five seconds until the next look.
        Assert.Equal("water=113.333 area=1000", Shown(Assert.Single(await RowsAsync())));
    }

    public IReadOnlyList<ActuatorView> ViewOf(string site, string zone) => [.. _actuators.Values];

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _farm.DisposeAsync();
    }

    private static long Start => new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static string Shown(HistoryRow row) => string.Join(' ', new[] { "water", "drain", "heat", "electricity", "co2", "radiation", "light", "area" }
        .Where(row.Numbers.ContainsKey).Select(f => FormattableString.Invariant($"{f}={row.Numbers[f]:0.###}")));

    private UsageWriter NewWriter() => new(_farm.Map, this, _farm.Store, _farm.Catalog, _farm.Metrics, _farm.Steady, _farm.Clock, NullLogger<UsageWriter>.Instance);

    private Task<IReadOnlyList<HistoryRow>> RowsAsync() =>
        _farm.RowsAsync(Schema.Usage, [.. Dashboards.KnownSchema.Measurements[Schema.Usage].Fields]);

    private void Report(string actuator, double position) => _actuators[actuator] = new ActuatorView(
        actuator, ActuatorKind.Position, null, null, position, "remote", _farm.Clock.GetUtcNow().ToUnixTimeMilliseconds(), "") { IsOnline = true };

    /// <summary>Every five seconds something happens, with the seconds passed, and the writer looks; a rest that is shorter passes before.</summary>
    private void Pass(int seconds, Action<int> happens)
    {
        _farm.Clock.Advance(TimeSpan.FromSeconds(seconds % 5));
        for (var passed = 5; passed <= seconds; passed += 5)
        {
            _farm.Clock.Advance(TimeSpan.FromSeconds(5));
            happens(passed);
            _writer.Look();
        }
    }
}
