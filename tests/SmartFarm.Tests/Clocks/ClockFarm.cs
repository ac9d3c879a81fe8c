using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Payloads.Native;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Rules.Loading;
using SmartFarm.Sqlite;
using SmartFarm.Testing;

namespace SmartFarm.Tests.Clocks;

/// <summary>
/// Pipeline, rules and desk through half an hour of heat and cold, second by second, with a controller that has a right clock and heeds expiry.
/// Whatever moves is written down by the time since the start, so that two runs can be compared.
/// </summary>
internal sealed class ClockFarm : IAsyncDisposable, ICommandChannel, IReceiptOwner
{
    public static readonly DateTimeOffset TrueStart = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private const int Seconds = 2000;
    private readonly TempFolder _temp = new(inMemory: true);
    private readonly SemaphoreSlim _settled = new(0);
    private readonly TestTimeProvider _clock;
    private readonly SqliteFolder _folder;
    private readonly StoreRunner _store;
    private readonly IntakePipeline _intake;
    private readonly RuleWorker _rules;
    private readonly CommandDesk _desk;
    private readonly List<(int At, DeskEvent Event)> _answers = [];
    private readonly Dictionary<string, double> _positions = new() { ["roof_vent"] = 0, ["heater"] = 0 };
    private readonly ZoneSignal _signal = new();
    private int _now;

    public ClockFarm(DateTimeOffset boot)
    {
        _clock = new TestTimeProvider(boot);
        Steady = new SteadyClock(_clock);
        _folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), _clock, NullLoggerFactory.Instance);
        var (catalog, metrics) = (new SeriesCatalog(), new WorkerMetrics());
        Map = new FarmMap(Farm, catalog);
        _store = new StoreRunner(_folder.EmbeddedStore, metrics, _clock, NullLogger<StoreRunner>.Instance);
        _intake = new IntakePipeline(
            Map, new NativeTopics(), [new NativeFormat()], [new RangeCheck(), new MissingCheck()], _store, metrics, Steady, NullLogger<IntakePipeline>.Instance, _signal);
        var (alarms, inbox) = (new AlarmBook(_store, catalog, Steady, NullLogger<AlarmBook>.Instance), new ZoneInbox(_signal));
        _desk = new CommandDesk(
            Map, catalog, alarms, inbox, _folder.Commands, this, _store, new CommandOptions(), metrics, Steady, _clock, NullLogger<CommandDesk>.Instance);
        var book = RuleLoader.Parse(Rules, Farm).Book ?? throw new InvalidOperationException(string.Join('\n', RuleLoader.Parse(Rules, Farm).Errors));
        _rules = new RuleWorker(book, _folder.RuleStates, _desk, alarms, inbox, _store, catalog, _signal, metrics, Steady, _clock, NullLogger<RuleWorker>.Instance);
    }

    public SteadyClock Steady { get; }

    public FarmMap Map { get; }

    /// <summary>What moved: seconds since the start and what.</summary>
    public List<string> Moves { get; } = [];

    private static Farm Farm { get; } = new("test", [
        new Site("t1", "Test site", null, null, null, "Asia/Almaty", [], [
            new Zone("gh1", "House 1", null, null,
                [
                    new Device("a", "a", "native", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), [Quantities.AirTemperature]),
                    new Device("b", "b", "native", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), [Quantities.Co2]),
                ],
                [
                    new Controller("ctrl-1", "ctrl-1", "native", [
                        new Actuator("roof_vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, TimeSpan.FromSeconds(20), TimeSpan.Zero, TimeSpan.Zero, null),
                        new Actuator("heater", ActuatorKind.Switch, null, 0, 1, 0, 0, TimeSpan.Zero, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3), TimeSpan.FromHours(6)),
                    ]),
                ]),
        ]),
    ]);

    private const string Rules = """
        rules:
          - id: vent-on-heat
            zones: [gh1]
            when: air_temperature > 28 °C for 2 min
            until: air_temperature < 26 °C for 2 min
            set: { roof_vent: 60 % }
            otherwise: { roof_vent: 0 % }
          - id: heat-on-cold
            zones: [gh1]
            when: air_temperature < 15 °C
            until: air_temperature > 16 °C
            set: { heater: on }
            otherwise: { heater: off }
            unknown: hold 3 min then safe
        """;

    public async Task RunAsync(string devices, IReadOnlyDictionary<int, TimeSpan> steps)
    {
        await _desk.StartAsync(default);
        await _rules.LoadAsync(default);
        await _desk.TellAsync(new DeskEvent.Connected("t1"), default);
        await ReportAsync();
        bool? wasUsable = null;
        for (_now = 0; _now < Seconds; _now++)
        {
            if (steps.TryGetValue(_now, out var step))
            {
                _clock.StepWallClock(step);
            }

            if (_now % 10 == 0)
            {
                Measure(devices);
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
            await _rules.StepAsync(isTick: true, default);
            await FlushAsync();
            foreach (var (_, answer) in _answers.Where(a => a.At <= _now).ToList())
            {
                await _desk.TellAsync(answer, default);
            }

            _answers.RemoveAll(a => a.At <= _now);
            await FlushAsync();
            var isUsable = Map.Zones[0].PeekClimate(Steady.Now().SteadyMs).Values.Any(v => v.Quantity == Quantities.AirTemperature && v.IsUsable);
            if (isUsable != wasUsable)
            {
                Moves.Add($"{_now} s: air_temperature {(isUsable ? "usable" : "not usable")}");
                wasUsable = isUsable;
            }
        }

        foreach (var record in (await _folder.Commands.RecentAsync(1000, default)).Reverse())
        {
            Moves.Add($"{record.Command.Actuator} {record.Command.Target} ended {record.Stage}");
        }
    }

    /// <summary>The controller: refuses what has expired by its own, right clock; else it is there after five seconds.</summary>
    public ValueTask PublishAsync(string site, string controllerAddress, Command command, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = TrueStart.AddSeconds(_now);
        var isExpired = now > command.Expires;
        Moves.Add($"{_now} s: {command.Actuator} to {command.Target}, number {command.Seq}{(isExpired ? ", which had expired" : "")}");
        var status = isExpired ? ReplyStatus.Rejected : ReplyStatus.Succeeded;
        _answers.Add((_now + 5, new DeskEvent.Replied("t1", "ctrl-1", new CommandReply(command.Id, status, null, now), default)));
        if (!isExpired)
        {
            _positions[command.Actuator] = command.Target;
            _answers.Add((_now + 5, State()));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HeartbeatAsync(string site, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Settle(int connection, long sequence) => _settled.Release();

    public async ValueTask DisposeAsync()
    {
        await _desk.StopAsync(default);
        await _store.StopAsync(default);
        await _folder.DisposeAsync();
        _signal.Dispose();
        _settled.Dispose();
        _temp.Dispose();
    }

    /// <summary>Heat, a silence within its hold, cold that comes and goes faster than the heater may be switched, a silence that lasts.</summary>
    private static double? Temperature(int second) => second switch
    {
        < 600 => 22,
        < 780 => 30,
        < 840 => null,
        < 1000 => 30,
        < 1200 => 24,
        < 1260 => 14,
        < 1300 => 17,
        < 1320 => 14,
        < 1400 => 17,
        < 1600 => 14,
        _ => null,
    };

    private void Measure(string devices)
    {
        DateTimeOffset? time = devices switch { "none" => null, "true" => TrueStart.AddSeconds(_now), _ => _clock.GetUtcNow() };
        Send("a", "air_temperature", Temperature(_now), time);
        Send("b", "co2", 400 + (_now % 7), time);
    }

    private void Send(string device, string quantity, double? value, DateTimeOffset? time)
    {
        if (value is { } v)
        {
            var stamp = time is { } t ? $"\"ts\":{t.ToUnixTimeMilliseconds()}," : "";
            _intake.Accept(new Delivery
            {
                Topic = Encoding.UTF8.GetBytes($"farm/t1/{device}/telemetry"),
                Payload = Encoding.UTF8.GetBytes($"{{{stamp}\"{quantity}\":{v.ToString(CultureInfo.InvariantCulture)}}}"),
                Receipt = default,
            });
        }
    }

    private DeskEvent.Reported State() =>
        new("t1", "ctrl-1", new ControllerState(TrueStart.AddSeconds(_now), ControlMode.Remote, new Dictionary<string, double>(_positions)), default);

    private async Task ReportAsync()
    {
        await _desk.TellAsync(State(), default);
        await FlushAsync();
    }

    private async Task FlushAsync()
    {
        await _desk.TellAsync(new DeskEvent.Replied("t1", "nobody", new CommandReply(Guid.Empty, ReplyStatus.Running, null, null), new Receipt(this, 1, 1)), default);
        if (!await _settled.WaitAsync(TimeSpan.FromSeconds(20)))
        {
            throw new TimeoutException("The desk does not answer.");
        }
    }
}
