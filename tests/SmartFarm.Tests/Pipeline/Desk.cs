using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Rules.Engine;
using SmartFarm.Sqlite;
using SmartFarm.Testing;

namespace SmartFarm.Tests.Pipeline;

/// <summary>The real command desk on a real ledger, with a channel whose broker the test plays, and a clock it drives.</summary>
internal sealed class Desk : IAsyncDisposable, ICommandChannel, IReceiptOwner
{
    private readonly TempFolder _temp = new(inMemory: true);
    private readonly Channel<Command> _published = Channel.CreateUnbounded<Command>();
    private readonly Channel<long> _settled = Channel.CreateUnbounded<long>();
    private readonly SeriesCatalog _catalog = new();
    private readonly HashSet<Guid> _ids = [];
    private readonly Farm _farm;
    private long _receipts;
    private StoreRunner _store = null!;

    private Desk(Farm farm)
    {
        _farm = farm;
        Open();
    }

    public static Farm Farm { get; } = new("test", [
        new Site("t1", "Test site", null, null, null, "Asia/Almaty", [], [
            new Zone("gh1", "House 1", null, null, [], [
                new Controller("ctrl-1", "ctrl-addr", "native", [
                    new Actuator("roof_vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, TimeSpan.FromMinutes(3), TimeSpan.Zero, TimeSpan.Zero, null),
                    new Actuator("heater", ActuatorKind.Switch, null, 0, 1, 0, 0, TimeSpan.Zero, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3), TimeSpan.FromHours(6)),
                ]),
                new Controller("ctrl-2", "other-addr", "native", []),
            ]),
        ]),
    ]);

    public TestTimeProvider Clock { get; } = new();

    public SqliteFolder Folder { get; private set; } = null!;

    public CommandDesk The { get; private set; } = null!;

    public WorkerMetrics Metrics { get; } = new();

    public AlarmBook Alarms { get; private set; } = null!;

    public ZoneInbox Inbox { get; } = new(new ZoneSignal());

    /// <summary>Commands that the broker was given again, each with the time it had left.</summary>
    public List<(Command Command, TimeSpan Left)> Resent { get; } = [];

    /// <summary>What the broker says to a publish; by default it takes it at once.</summary>
    public Func<Command, CancellationToken, ValueTask> Broker { get; set; } = (_, _) => ValueTask.CompletedTask;

    public static async Task<Desk> OpenAsync(Farm? farm = null)
    {
        var desk = new Desk(farm ?? Farm);
        await desk.The.StartAsync(default);
        await desk.ConnectAsync();
        return desk;
    }

    /// <summary>A desk whose control session is not connected yet.</summary>
    public static async Task<Desk> OpenUnconnectedAsync()
    {
        var desk = new Desk(Farm);
        await desk.The.StartAsync(default);
        return desk;
    }

    /// <summary>Connects the control session, and lets the time pass in which retained states come.</summary>
    public async Task ConnectAsync()
    {
        await The.TellAsync(new DeskEvent.Connected("t1"), default);
        await FlushAsync();
        await PassAsync(TimeSpan.FromSeconds(3));
    }

    /// <summary>Stops the desk and opens a new one on the same folder, as a restart does.</summary>
    public async Task RestartAsync()
    {
        await The.StopAsync(default);
        await Folder.DisposeAsync();
        Open();
        await The.StartAsync(default);
    }

    public ValueTask WantAsync(string actuator, double target, Authority authority = Authority.Rule, string zone = "gh1") => The.TellAsync(
        new DeskEvent.Wanted("t1", zone, new Decision(Clock.GetUtcNow().ToUnixTimeMilliseconds(), actuator, target, authority, "vent-on-heat@7", "it is hot")), default);

    /// <summary>The next command that the broker was given.</summary>
    public async Task<Command> PublishedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _published.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Answers as the controller and waits until the answer is in the ledger.</summary>
    public Task ReplyAsync(Guid id, ReplyStatus status, string address = "ctrl-addr") =>
        HandledAsync(receipt => new DeskEvent.Replied("t1", address, new CommandReply(id, status, null, null), receipt));

    /// <summary>Reports a state as the controller and waits until it is taken in.</summary>
    public Task ReportAsync(ControlMode mode, params (string Actuator, double Position)[] positions) => ReportAsync("ctrl-addr", mode, null, positions);

    /// <summary>The same of any controller, and of which of its starts.</summary>
    public Task ReportAsync(string address, ControlMode mode, string? boot, params (string Actuator, double Position)[] positions) =>
        HandledAsync(receipt => new DeskEvent.Reported(
            "t1", address, new ControllerState(null, mode, positions.ToDictionary(p => p.Actuator, p => p.Position, StringComparer.Ordinal)) { Boot = boot }, receipt));

    /// <summary>Lets time pass second by second, each tick handled before the next.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await FlushAsync();
        }
    }

    /// <summary>Waits until everything told so far is handled.</summary>
    public Task FlushAsync() => HandledAsync(receipt => new DeskEvent.Replied("t1", "nobody", new CommandReply(Guid.Empty, ReplyStatus.Running, null, null), receipt));

    public async Task<CommandRecord> RecordAsync(Guid id)
    {
        await FlushAsync();
        return (await Folder.Commands.FindAsync(id, default))!;
    }

    /// <summary>Whether everything told so far led to no further command.</summary>
    public async Task<bool> IsQuietAsync()
    {
        await FlushAsync();
        return !_published.Reader.TryPeek(out _);
    }

    /// <summary>What is stored so far, all series together.</summary>
    public async Task<IReadOnlyList<HistoryRow>> RowsAsync(string measurement, string actuator, params string[] fields)
    {
        await FlushAsync();
        await _store.StopAsync(default);
        var tags = new Dictionary<string, string> { ["actuator"] = actuator };
        return [.. (await Folder.History.ReadRowsAsync(new RowQuery(measurement, fields, tags, 0, long.MaxValue, 1000), default)).SelectMany(s => s.Rows).OrderBy(r => r.TimeMs)];
    }

    public async ValueTask PublishAsync(string site, string controllerAddress, Command command, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (_ids.Add(command.Id))
        {
            _published.Writer.TryWrite(command);
        }
        else
        {
            Resent.Add((command, lifetime));
        }

        await Broker(command, cancellationToken);
    }

    public ValueTask HeartbeatAsync(string site, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Settle(int connection, long sequence) => _settled.Writer.TryWrite(sequence);

    public async ValueTask DisposeAsync()
    {
        await The.StopAsync(default);
        await Folder.DisposeAsync();
        _temp.Dispose();
    }

    private async Task HandledAsync(Func<Receipt, DeskEvent> e)
    {
        await The.TellAsync(e(new Receipt(this, 1, ++_receipts)), default);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _settled.Reader.ReadAsync(patience.Token) < _receipts)
        {
            // An earlier one.
        }
    }

    private void Open()
    {
        Folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), Clock, NullLoggerFactory.Instance);
        var steady = new SteadyClock(Clock);
        _store = new StoreRunner(Folder.EmbeddedStore, Metrics, Clock, NullLogger<StoreRunner>.Instance);
        Alarms = new AlarmBook(_store, _catalog, steady, NullLogger<AlarmBook>.Instance);
        The = new CommandDesk(
            new FarmMap(_farm, _catalog), _catalog, Alarms, Inbox, Folder.Commands, this, _store, new CommandOptions(), Metrics, steady, Clock, NullLogger<CommandDesk>.Instance);
    }
}
