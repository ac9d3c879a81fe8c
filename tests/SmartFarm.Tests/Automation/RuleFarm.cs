using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Automation.Explaining;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Rules.Loading;
using SmartFarm.Sqlite;
using SmartFarm.Testing;

namespace SmartFarm.Tests.Automation;

/// <summary>Rules and rule sets of a farm of two houses on a real data folder, second by second. The desk only listens.</summary>
internal sealed class RuleFarm : ICommandChannel, IRuleFolder, IAsyncDisposable
{
    public const string VentOnHeat = """
        rules:
          - id: vent-on-heat
            zones: [gh1]
            when: air_temperature > 28 °C for 2 min
            until: air_temperature < 26 °C
            set: { roof_vent: 60 % }
            otherwise: { roof_vent: 0 % }
        """;

    private readonly TempFolder _temp = new(inMemory: true);
    private readonly ZoneSignal _signal = new();
    private SqliteFolder _folder = null!;
    private StoreRunner _store = null!;
    private RuleSetKeeper _keeper = null!;
    private SteadyClock _steady = null!;

    public TestTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    public static Farm Farm { get; } = new("test", [
        new Site("t1", "Test site", null, null, null, "Asia/Almaty", [Device("weather", Quantities.WindSpeed)], [
            House("gh1", Device("climate-1", Quantities.AirTemperature, Quantities.RelativeHumidity), Device("climate-2", Quantities.AirTemperature)),
            House("gh2", Device("climate-3", Quantities.AirTemperature)),
        ]),
    ]);

    /// <summary>What is in the rules folder.</summary>
    public string Text { get; set; } = VentOnHeat;

    public bool Exists => true;

    public bool IsFollowed { get; set; } = true;

    public RuleWorker Rules { get; private set; } = null!;

    public RuleSets Sets { get; private set; } = null!;

    public ZoneInbox Inbox { get; private set; } = null!;

    public AlarmBook Alarms { get; private set; } = null!;

    public FarmMap Map { get; private set; } = null!;

    public Explainer Explainer { get; private set; } = null!;

    public RuleSetFiles Read() => Files(Text);

    public static RuleSetFiles Files(string text) => new([new("rules/rules.yaml", text)]);

    public static async Task<RuleFarm> StartAsync(string rules = VentOnHeat)
    {
        var farm = new RuleFarm { Text = rules };
        await farm.OpenAsync();
        return farm;
    }

    /// <summary>Ends in order and begins again, as after an update of the program.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>Lets the rules see what is new; then whatever waits for their writes goes on.</summary>
    public async Task StepAsync(bool isTick = true) => await Rules.StepAsync(isTick, default);

    /// <summary>Second by second.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var i = 0; i < time.TotalSeconds; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await StepAsync();
        }
    }

    /// <summary>A person's word, until it is answered: a write of states may be under way, and then the next one answers.</summary>
    public async Task AskAsync(ZoneNote note)
    {
        var asked = Inbox.AskAsync(note, default);
        await Eventually.Is(
            async () =>
            {
                await StepAsync(isTick: false);
                return asked.IsCompleted;
            },
            isDone => isDone);
        await asked;
    }

    public async Task MeasureAsync(string device, Quantity quantity, double value)
    {
        var entry = Map.Zones.SelectMany(z => z.Devices).Single(d => d.Device.Id == device);
        Offer(entry, quantity, value);
        await StepAsync(isTick: false);
    }

    /// <summary>A reading, of which the rules have not heard yet.</summary>
    public void Offer(DeviceEntry device, Quantity quantity, double value)
    {
        var now = _steady.Now().SteadyMs;
        device.Zone.Offer(device, quantity, null, value, Flag.Good, now, now, out _);
        _signal.Set(device.Zone);
    }

    /// <summary>What is wanted of an actuator of gh1, and by whom: "60 by vent-on-heat".</summary>
    public async Task<string> WantedAsync(string actuator = "roof_vent")
    {
        var asked = Rules.ExplainAsync("t1", "gh1", actuator, default);
        await StepAsync(isTick: false);
        return (await asked)!.Winner is { } winner ? $"{winner.Target} by {winner.Source.Split('@')[0]}" : "nothing";
    }

    public async Task<ShadowDifference> ShadowAsync(string actuator = "roof_vent")
    {
        var asked = Rules.CompareAsync(default);
        await StepAsync(isTick: false);
        return (await asked).Single(d => d.Zone == "gh1" && d.Difference.Actuator == actuator).Difference;
    }

    /// <summary>Explains, with everything that was decided so far in the store.</summary>
    public async Task<Explanation> ExplainAsync(string actuator, DateTimeOffset? at)
    {
        await _store.StopAsync(default);
        var asked = Explainer.ExplainAsync(actuator, at?.ToUnixTimeMilliseconds(), default);
        while (!asked.IsCompleted)
        {
            await StepAsync(isTick: false);
            await Task.Yield();
        }

        return await asked;
    }

    public async Task<IReadOnlyList<HistoryRow>> RowsAsync(string measurement, params string[] fields)
    {
        await _store.StopAsync(default);
        var found = await _folder.History.ReadRowsAsync(new RowQuery(measurement, fields, new Dictionary<string, string>(), 0, long.MaxValue, 1000), default);
        return [.. found.SelectMany(s => s.Rows).OrderBy(r => r.TimeMs)];
    }

    /// <summary>One look at the folder.</summary>
    public async Task LookAsync()
    {
        await _keeper.LookAsync(default);
        await StepAsync();
    }

    public ValueTask PublishAsync(string site, string controllerAddress, Command command, TimeSpan lifetime, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask HeartbeatAsync(string site, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _signal.Dispose();
        _temp.Dispose();
    }

    private async Task OpenAsync()
    {
        _steady = new SteadyClock(Clock);
        _folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), Clock, NullLoggerFactory.Instance);
        var (catalog, metrics) = (new SeriesCatalog(), new WorkerMetrics());
        Map = new FarmMap(Farm, catalog);
        _store = new StoreRunner(_folder.EmbeddedStore, metrics, Clock, NullLogger<StoreRunner>.Instance);
        (Alarms, Inbox) = (new AlarmBook(_store, catalog, _steady, NullLogger<AlarmBook>.Instance), new ZoneInbox(_signal));
        var desk = new CommandDesk(Map, catalog, Alarms, Inbox, _folder.Commands, this, _store, new CommandOptions(), metrics, _steady, Clock, NullLogger<CommandDesk>.Instance);
        var book = RuleLoader.Parse("rules: []", Farm).Book!;
        Rules = new RuleWorker(book, _folder.RuleStates, desk, Alarms, Inbox, _store, catalog, _signal, metrics, _steady, Clock, NullLogger<RuleWorker>.Instance);
        Sets = new RuleSets(Farm, _folder.RuleSets, Clock, NullLogger<RuleSets>.Instance);
        _keeper = new RuleSetKeeper(Sets, Rules, book, this, Clock, NullLogger<RuleSetKeeper>.Instance);
        Explainer = new Explainer(Farm, _folder.History, _folder.RuleSets, Rules, book, new FarmView(Map, desk, _steady), _folder.Commands, Clock);
        await _keeper.StartAsync(default);
        await Rules.LoadAsync(default);
        await StepAsync();
    }

    private async Task CloseAsync()
    {
        await _keeper.StopAsync(default);
        await Rules.StopAsync(default);
        await _store.StopAsync(default);
        await _folder.DisposeAsync();
        Sets.Dispose();
    }

    private static Device Device(string id, params Quantity[] quantities) => new(id, id, "native", TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), quantities);

    private static Zone House(string id, params Device[] devices) => new(id, id, null, null, devices, [
        new Controller($"ctrl-{id}", $"ctrl-{id}", "native", [
            new Actuator("roof_vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, TimeSpan.FromSeconds(20), TimeSpan.Zero, TimeSpan.Zero, null),
            new Actuator("heater", ActuatorKind.Switch, null, 0, 1, 0, 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null),
        ]),
    ]);
}
