using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
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

namespace SmartFarm.Tests.Automation;

/// <summary>Rules, inbox, desk and alarms as the worker puts them together, second by second, with a controller that does at once what it is told.</summary>
internal sealed class HandFarm : IAsyncDisposable, ICommandChannel, IReceiptOwner
{
    private readonly TempFolder _temp = new(inMemory: true);
    private readonly TestTimeProvider _clock = new();
    private readonly Dictionary<string, double> _positions = new(StringComparer.Ordinal);
    private readonly Queue<CommandReply> _replies = new();
    private readonly Farm _farm;
    private readonly string _text;
    private readonly ZoneSignal _changed = new();
    private SqliteFolder _folder = null!;
    private CommandDesk _desk = null!;
    private FarmMap _map = null!;
    private SteadyClock _steady = null!;

    private HandFarm(string farm, string rules)
    {
        (_farm, _text) = (FarmLoader.Parse(farm).Farm!, rules);
        foreach (var actuator in _farm.Sites[0].Zones[0].Controllers[0].Actuators)
        {
            _positions[actuator.Id] = actuator.Safe;
        }
    }

    public RuleWorker Rules { get; private set; } = null!;

    public ZoneInbox Inbox { get; private set; } = null!;

    public AlarmBook Alarms { get; private set; } = null!;

    /// <summary>What the controller was told, in order, as <c>heater 1: reason</c>.</summary>
    public List<string> Told { get; } = [];

    public static async Task<HandFarm> StartAsync(string farm, string rules)
    {
        var it = new HandFarm(farm, rules);
        await it.OpenAsync();
        return it;
    }

    /// <summary>Stops all of it, and starts anew on the same folder.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>Lets a person speak, and waits until that is followed and on disk.</summary>
    public async Task SayAsync(ZoneNote note)
    {
        var asked = Inbox.AskAsync(note, default);
        await Eventually.Is(
            async () =>
            {
                await Rules.StepAsync(isTick: false, default);
                return asked.IsCompleted;
            },
            isDone => isDone);
        await asked;
        await SettleAsync();
    }

    /// <summary>Lets seconds pass, with a temperature measured in each.</summary>
    public async Task PassAsync(int seconds, double temperature)
    {
        for (var i = 0; i < seconds; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Measure(temperature);
            await Rules.StepAsync(isTick: true, default);
            await SettleAsync();
        }
    }

    public async Task<CommandRecord> LastAsync() => (await _folder.Commands.RecentAsync(1, default))[0];

    public ValueTask PublishAsync(string site, string controllerAddress, Command command, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        Told.Add($"{command.Actuator} {command.Target:0.#}: {command.Reason}");
        _positions[command.Actuator] = command.Target;
        _replies.Enqueue(new CommandReply(command.Id, ReplyStatus.Succeeded, null, null));
        return ValueTask.CompletedTask;
    }

    public ValueTask HeartbeatAsync(string site, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Settle(int connection, long sequence)
    {
        // Nobody sends the answers of a played controller again.
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _changed.Dispose();
        _temp.Dispose();
    }

    private async Task OpenAsync()
    {
        var (steady, catalog, metrics) = (_steady = new SteadyClock(_clock), new SeriesCatalog(), new WorkerMetrics());
        _folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), _clock, NullLoggerFactory.Instance);
        var store = new StoreRunner(_folder.EmbeddedStore, metrics, _clock, NullLogger<StoreRunner>.Instance);
        (Alarms, Inbox, _map) = (new AlarmBook(store, catalog, steady, NullLogger<AlarmBook>.Instance), new ZoneInbox(_changed), new FarmMap(_farm, catalog));
        _desk = new CommandDesk(_map, catalog, Alarms, Inbox, _folder.Commands, this, store, new CommandOptions(), metrics, steady, _clock, NullLogger<CommandDesk>.Instance);
        var loaded = RuleLoader.Parse(_text, _farm);
        var book = loaded.Book ?? throw new InvalidOperationException(string.Join('\n', loaded.Errors));
        Rules = new RuleWorker(book, _folder.RuleStates, _desk, Alarms, Inbox, store, catalog, _changed, metrics, steady, _clock, NullLogger<RuleWorker>.Instance);
        await _desk.StartAsync(default);
        await Rules.LoadAsync(default);
        await _desk.TellAsync(new DeskEvent.Connected("t1"), default);
        await SettleAsync();
    }

    private async Task CloseAsync()
    {
        await Rules.StopAsync(default);
        await _desk.StopAsync(default);
        await _folder.DisposeAsync();
    }

    private void Measure(double temperature)
    {
        var (zone, now) = (_map.Zones[0], _steady.Now().SteadyMs);
        zone.Offer(zone.Devices[0], Quantities.AirTemperature, null, temperature, Flag.Good, now, now, out _);
        _changed.Set(zone);
    }

    /// <summary>Until the desk has said all, and the controller has answered all.</summary>
    private async Task SettleAsync()
    {
        do
        {
            await _desk.SettleAsync(handedOver: true, default);
            while (_replies.TryDequeue(out var reply))
            {
                await _desk.TellAsync(new DeskEvent.Replied("t1", "c1", reply, default), default);
            }

            await _desk.TellAsync(new DeskEvent.Reported("t1", "c1", new ControllerState(null, ControlMode.Remote, new Dictionary<string, double>(_positions)), default), default);
            await _desk.SettleAsync(handedOver: true, default);
            await Rules.StepAsync(isTick: false, default);
        }
        while (_replies.Count > 0);
        await _desk.SettleAsync(handedOver: true, default);
    }
}
