using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Rules.Engine;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.Faults;
using SmartFarm.Testing;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>What the network does to a message.</summary>
internal enum Way
{
    Normal,
    Lost,
    Late,
    Twice,
}

/// <summary>The engine, the real command desk and a simulated controller, with a network between them that loses, delays and doubles; a second at a time.</summary>
internal sealed class CommandStory(SmartFarm.Rules.ZoneRules rules, Random random) : ICommandChannel
{
    private static readonly WorkerMetrics Metrics = new();
    private readonly TestTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(Happening.StartMs));
    private readonly MemoryLedger _ledger = new();
    private readonly List<(DateTimeOffset At, Command Command)> _commands = [];
    private readonly List<(DateTimeOffset At, object Message)> _words = [];
    private readonly Dictionary<string, (Guid? Last, HashSet<Guid> Acted)> _acted = rules.Actuators.ToDictionary(a => a.Id, _ => ((Guid?)null, new HashSet<Guid>()));
    private readonly Lock _gate = new();
    private CommandDesk _desk = null!;
    private SteadyClock _steady = null!;

    public RuleRun Run { get; } = new(rules);

    public ControllerMachine Controller { get; } = new(rules.Actuators, TimeSpan.FromSeconds(60), DateTimeOffset.FromUnixTimeMilliseconds(Happening.StartMs), NodeFaults.None);

    public IEnumerable<CommandRecord> Records => _ledger.All;

    /// <summary>What the network does from now on.</summary>
    public Way Network { get; set; }

    public bool IsBackendAlive { get; private set; }

    /// <summary>The first promise that was broken; null while none was.</summary>
    public string? Broken { get; private set; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public async Task StartAsync()
    {
        var catalog = new SeriesCatalog();
        _steady = new SteadyClock(_clock);
        var store = new StoreRunner(null!, Metrics, _clock, NullLogger<StoreRunner>.Instance);
        var alarms = new AlarmBook(store, catalog, _steady, NullLogger<AlarmBook>.Instance);
        _desk = new CommandDesk(
            new FarmMap(SafetyFarm.Farm, catalog), catalog, alarms, new ZoneInbox(new ZoneSignal()), _ledger, this, store, new CommandOptions(), Metrics, _steady, _clock, NullLogger<CommandDesk>.Instance);
        await _desk.StartAsync(default);
        IsBackendAlive = true;
        await _desk.TellAsync(new DeskEvent.Connected(SafetyFarm.Site), default);
        foreach (var wanted in Run.State.Wanted.OfType<Decision>())
        {
            await _desk.TellAsync(new DeskEvent.Wanted(SafetyFarm.Site, SafetyFarm.Zone, wanted), default);
        }

        await _desk.SettleAsync(handedOver: true, default);
        Send(Controller.State(Now));
    }

    /// <summary>The backend dies where it stands; what was under way to it is lost.</summary>
    public async Task DieAsync()
    {
        IsBackendAlive = false;
        await _desk.StopAsync(default);
        _desk.Dispose();
        Run.State = Run.Engine.Restore(Run.Engine.Save(Run.State));
        _words.Clear();
    }

    public async Task StepAsync(RuleEvent e)
    {
        if (IsBackendAlive)
        {
            var known = Run.Decisions.Count;
            Run.Step(e);
            foreach (var decision in Run.Decisions.Skip(known))
            {
                await _desk.TellAsync(new DeskEvent.Wanted(SafetyFarm.Site, SafetyFarm.Zone, decision), default);
            }

            await _desk.SettleAsync(handedOver: true, default);
        }
    }

    /// <summary>Lets seconds pass at backend, network and controller.</summary>
    public async Task PassAsync(int seconds)
    {
        for (var i = 0; i < seconds && Broken is null; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await StepAsync(RuleEvent.Tick(Now.ToUnixTimeMilliseconds()));
            Deliver();
            if (IsBackendAlive)
            {
                Controller.Heard(isOnline: true, Now);
            }

            Controller.Advance(Now);
            Watch();
            Controller.TakeReplies().ToList().ForEach(Send);
            if (Now.Second % 10 == 0)
            {
                Send(Controller.State(Now));
            }

            await HearAsync();
        }
    }

    public ValueTask PublishAsync(string site, string controllerAddress, Command command, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var after in Travel())
            {
                _commands.Add((Now + after, command));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HeartbeatAsync(string site, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private void Send(object message)
    {
        foreach (var after in IsBackendAlive ? Travel() : [])
        {
            _words.Add((Now + after, message));
        }
    }

    private TimeSpan[] Travel() => Network switch
    {
        Way.Lost => [],
        Way.Late => [TimeSpan.FromSeconds(random.Next(1, 60))],
        Way.Twice => [TimeSpan.Zero, TimeSpan.FromSeconds(random.Next(0, 60))],
        _ => [TimeSpan.Zero],
    };

    private void Deliver()
    {
        (DateTimeOffset, Command Command)[] due;
        lock (_gate)
        {
            due = [.. _commands.Where(c => c.At <= Now)];
            _commands.RemoveAll(c => c.At <= Now);
        }

        foreach (var (_, command) in due)
        {
            var (mode, before) = (Controller.Mode, Controller.Find(command.Actuator)!.LastId);
            Controller.Handle(command, Now);
            if (Controller.Find(command.Actuator)!.LastId == command.Id && before != command.Id && (Now > command.Expires || mode != ControlMode.Remote))
            {
                Broken ??= $"acted after its expiry or against a person: {command}";
            }
        }
    }

    /// <summary>A command that comes back after another has taken its place acts twice.</summary>
    private void Watch()
    {
        foreach (var machine in Controller.Actuators)
        {
            var (last, acted) = _acted[machine.Actuator.Id];
            if (machine.LastId is { } id && id != last)
            {
                Broken ??= acted.Add(id) ? null : $"acted twice: {id}";
                _acted[machine.Actuator.Id] = (id, acted);
            }
        }
    }

    private async Task HearAsync()
    {
        if (!IsBackendAlive)
        {
            return;
        }

        foreach (var (_, message) in _words.Where(w => w.At <= Now).ToArray())
        {
            await _desk.TellAsync(
                message is CommandReply reply
                    ? new DeskEvent.Replied(SafetyFarm.Site, SafetyFarm.Address, reply, default)
                    : new DeskEvent.Reported(SafetyFarm.Site, SafetyFarm.Address, (ControllerState)message, default),
                default);
        }

        _words.RemoveAll(w => w.At <= Now);
        await _desk.SettleAsync(handedOver: true, default);
        var open = Records.Where(r => r.IsOpen).GroupBy(r => r.Command.Actuator).FirstOrDefault(g => g.Count() > 1);
        Broken ??= open is null ? null : $"two commands are open at once: {open.Key}";
    }
}
