using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Commands;
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
using Xunit;

namespace SmartFarm.Tests.Pipeline;

/// <summary>The real road from bytes to a command, behind it a store that never commits (a full disk, a disk that hangs).</summary>
public sealed class Safety_never_waits_behind_telemetry : IAsyncDisposable, ICommandChannel, IReceiptOwner
{
    private readonly TempFolder _temp = new();
    private readonly Channel<Command> _published = Channel.CreateUnbounded<Command>();
    private readonly WorkerMetrics _metrics = new();
    private readonly ZoneSignal _changed = new();
    private readonly SqliteFolder _folder;
    private readonly StoreRunner _store;
    private readonly IntakePipeline _intake;
    private readonly CommandDesk _desk;
    private readonly RuleWorker _rules;
    private readonly StuckStore _stuck = new();
    private readonly List<long> _settled = [];
    private long _sent;

    public Safety_never_waits_behind_telemetry()
    {
        var time = TimeProvider.System;
        var steady = new SteadyClock(time);
        var farm = FarmLoader.Parse("""
            farm: test
            sites:
              - id: t1
                name: Test site
                time_zone: Asia/Almaty
                zones:
                  - id: gh1
                    name: House 1
                    area: 96 m2
                    devices:
                      - { id: climate-1, quantities: [air_temperature, relative_humidity] }
                    controllers:
                      - id: ctrl-1
                        actuators:
                          - { id: roof_vent, kind: position, range: 0..100 %, safe: 0 % }
            """).Farm!;
        var book = RuleLoader.Parse("""
            rules:
              - id: vent-on-heat
                zones: [gh1]
                when: air_temperature > 28 °C
                until: air_temperature < 26 °C
                set: { roof_vent: 60 % }
            """, farm).Book!;
        var catalog = new SeriesCatalog();
        var map = new FarmMap(farm, catalog);
        _folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), time, NullLoggerFactory.Instance);
        _store = new StoreRunner(_stuck, _metrics, time, NullLogger<StoreRunner>.Instance);
        _intake = new IntakePipeline(
            map, new NativeTopics(), [new NativeFormat()], [new RangeCheck(), new MissingCheck()], _store, _metrics, steady, NullLogger<IntakePipeline>.Instance, _changed);
        var (alarms, inbox) = (new AlarmBook(_store, catalog, steady, NullLogger<AlarmBook>.Instance), new ZoneInbox(_changed));
        _desk = new CommandDesk(
            map, catalog, alarms, inbox, _folder.Commands, this, _store, new CommandOptions(), _metrics, steady, time, NullLogger<CommandDesk>.Instance);
        _rules = new RuleWorker(book, _folder.RuleStates, _desk, alarms, inbox, _store, catalog, _changed, _metrics, steady, time, NullLogger<RuleWorker>.Instance);
    }

    [Fact]
    public async Task A_rule_commands_while_nothing_can_be_stored_and_the_sources_wait()
    {
        await StartAsync();
        Send("""{"air_temperature":20}""");
        await _stuck.Reached;
        for (var i = 0; _store.HasRoom; i++)
        {
            Send($$"""{"seq":{{i}},"air_temperature":20,"relative_humidity":50}""");
        }

        var flush = _intake.FlushAsync(default);
        Send("""{"air_temperature":30}""");

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var command = await _published.Reader.ReadAsync(patience.Token);
        Assert.Equal(("roof_vent", 60), (command.Actuator, command.Target));
        Assert.False(flush.IsCompleted, "The sources are to wait while nothing can be stored.");
        Assert.Empty(_settled);
    }

    [Fact]
    public async Task A_presence_message_is_acknowledged_while_nothing_can_be_stored()
    {
        await StartAsync();
        Send("""{"air_temperature":20}""");

        _intake.Pass(new Receipt(this, 2, 77));

        Assert.Equal([77], _settled);
    }

    [Fact]
    public async Task What_the_worker_says_itself_is_kept_longer_than_telemetry_but_not_for_ever()
    {
        const int Dropped = 1000;
        await _store.StartAsync(default);
        Send("""{"air_temperature":20}""");
        await _stuck.Reached;
        var series = new SeriesCatalog().Get(Schema.Worker, ("host", "test"));
        for (var i = 0; i < StoreRunner.MostOwnPoints + Dropped; i++)
        {
            _store.AddOwn((series, i), static (batch, x) => batch.Add(Point.Of(x.series, "faults", 0, x.i)));
        }

        Assert.False(_store.HasRoom);
        Assert.Equal(Dropped, _metrics.Faults);
    }

    public async ValueTask PublishAsync(string site, string controllerAddress, Command command, TimeSpan lifetime, CancellationToken cancellationToken) =>
        await _published.Writer.WriteAsync(command, cancellationToken);

    public ValueTask HeartbeatAsync(string site, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    void IReceiptOwner.Settle(int connection, long sequence) => _settled.Add(sequence);

    public async ValueTask DisposeAsync()
    {
        await _rules.StopAsync(default);
        await _desk.StopAsync(default);
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _store.StopAsync(now.Token);
        await _folder.DisposeAsync();
        _rules.Dispose();
        _desk.Dispose();
        _store.Dispose();
        _changed.Dispose();
        _temp.Dispose();
    }

    private async Task StartAsync()
    {
        await _store.StartAsync(default);
        await _desk.StartAsync(default);
        await _rules.StartAsync(default);
        await _desk.TellAsync(new DeskEvent.Connected("t1"), default);
    }

    private void Send(string json) => _intake.Accept(new Delivery
    {
        Topic = "farm/t1/climate-1/telemetry"u8,
        Payload = Encoding.UTF8.GetBytes(json),
        Receipt = new Receipt(this, 1, ++_sent),
    });

    private sealed class StuckStore : IDurableStore
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public async ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
        {
            _reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ulong>>([]);
    }
}
