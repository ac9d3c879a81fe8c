using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Commands;

/// <summary>
/// Turns what the rules want into commands, and follows each to exactly one outcome. One loop handles one event at a time: a decision, a
/// reply, a reported state, a hand-over, a tick. A wanted target walks the stages; whoever objects says why, and it is tried again at the
/// next event. What passes is written to the ledger, then published. At most one command is open per actuator; a newer target supersedes it.
/// </summary>
public sealed partial class CommandDesk : BackgroundService, IActuatorViews
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];
    private const int MostWaitingEvents = 10_000;

    /// <summary>An older decision was taken up from before a restart: its latency would be that of the restart.</summary>
    private const long NewsMs = 60_000;

    private readonly Channel<DeskEvent> _events = Channel.CreateBounded<DeskEvent>(new BoundedChannelOptions(MostWaitingEvents) { SingleReader = true });
    private readonly Dictionary<string, ActuatorState> _actuators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SiteDesk> _sites;
    private readonly DeskAlarms _alarms;
    private readonly ZoneInbox _inbox;
    private readonly FarmMap _map;
    private readonly ICommandLedger _ledger;
    private readonly CommandDispatcher _dispatcher;
    private readonly CommandOptions _options;
    private readonly WorkerMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _pauses;
    private readonly ILogger<CommandDesk> _log;

    /// <summary>Builds the desk of a farm.</summary>
    public CommandDesk(
        FarmMap map,
        SeriesCatalog catalog,
        AlarmBook alarms,
        ZoneInbox inbox,
        ICommandLedger ledger,
        ICommandChannel channel,
        StoreRunner store,
        CommandOptions options,
        WorkerMetrics metrics,
        SteadyClock steady,
        TimeProvider clock,
        ILogger<CommandDesk> log,
        MachineTime? machine = null)
    {
        (_map, _ledger, _options, _metrics, _clock, _log) = (map, ledger, options, metrics, clock, log);
        (_alarms, _inbox) = (new DeskAlarms(alarms), inbox);
        _pauses = machine?.Provider ?? clock;
        _dispatcher = new CommandDispatcher(
            ledger, channel, new CommandPoints(store, catalog), _alarms, inbox, options, metrics, steady, clock, log, e => _events.Writer.WriteAsync(e, CancellationToken.None));
        _sites = map.Farm.Sites.ToDictionary(s => s.Id, s => new SiteDesk(s, options), StringComparer.Ordinal);
        foreach (var zone in map.Zones)
        {
            foreach (var controller in zone.Zone?.Controllers ?? [])
            {
                foreach (var actuator in controller.Actuators)
                {
                    var clockOfIt = map.TryGetController(zone.Site.Id, controller.Address, out var entry) ? entry.Clock : new SenderClock();
                    var state = new ActuatorState(_sites[zone.Site.Id], zone, controller, actuator, catalog, options) { Clock = clockOfIt };
                    _actuators.Add(state.Key, state);
                }
            }
        }

        foreach (var site in _sites.Values)
        {
            site.Join(_actuators);
        }
    }

    /// <summary>Tells the desk. Waits when ten thousand events are waiting.</summary>
    public ValueTask TellAsync(DeskEvent e, CancellationToken cancellationToken) => _events.Writer.WriteAsync(e, cancellationToken);

    /// <summary>Completes when all that was told before is done. Thread-safe.</summary>
    /// <param name="handedOver">Whether also the commands that came of it have to be with the broker, or given up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SettleAsync(bool handedOver, CancellationToken cancellationToken)
    {
        var handingOver = await MarkAsync(cancellationToken);
        if (handedOver)
        {
            await handingOver.WaitAsync(cancellationToken);
            await MarkAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ActuatorView> ViewOf(string site, string zone) =>
        [.. _actuators.Values.Where(a => a.Zone.Site.Id == site && a.Zone.Id == zone).Select(a => a.View)];

    /// <summary>Takes up what was open before a restart.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, record) in await _ledger.LastByActuatorAsync(cancellationToken))
        {
            if (_actuators.TryGetValue(key, out var actuator))
            {
                _dispatcher.TakeUp(actuator, record);
            }
            else if (record.IsOpen)
            {
                await _dispatcher.MoveAsync(null, record with { Stage = CommandStage.Cancelled, ClosedMs = _dispatcher.NowMs, Detail = "The actuator is no longer in the farm." }, cancellationToken);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = _clock.CreateTimer(_ => _events.Writer.TryWrite(DeskEvent.Tick.Instance), null, TickInterval, TickInterval);
        await foreach (var e in _events.Reader.ReadAllAsync(stoppingToken))
        {
            await HandleToTheEndAsync(e, stoppingToken);
        }
    }

    /// <summary>
    /// An event whose handling fails (the ledger cannot be written) is tried again after pauses that grow; the events behind it wait, and the
    /// broker holds what comes after. After the last try it is given up and settled, so that one event that cannot be handled does not end control.
    /// </summary>
    private async ValueTask HandleToTheEndAsync(DeskEvent e, CancellationToken cancellationToken)
    {
        for (var left = Pauses.Length; ; left--)
        {
            try
            {
                await HandleAsync(e, cancellationToken);
                break;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                _metrics.Fault();
                Log.Fault(_log, e.GetType().Name, fault);
                if (left == 0 || e is DeskEvent.Tick)
                {
                    break;
                }

                await Task.Delay(Pauses[^left], _pauses, cancellationToken);
            }
        }

        switch (e)
        {
            case DeskEvent.Replied replied:
                replied.Receipt.Settle();
                break;
            case DeskEvent.Reported reported:
                reported.Receipt.Settle();
                break;
        }
    }

    private async ValueTask HandleAsync(DeskEvent e, CancellationToken cancellationToken)
    {
        switch (e)
        {
            case DeskEvent.Wanted wanted when _actuators.TryGetValue(ActuatorState.KeyOf(wanted.Site, wanted.Zone, wanted.Decision.Actuator), out var actuator):
                if (actuator.Wanted?.Target != wanted.Decision.Target || actuator.Wanted?.Authority != wanted.Decision.Authority)
                {
                    (actuator.Attempts, actuator.RetryAt) = (0, TimeSpan.Zero);
                    actuator.DecidedMs = _dispatcher.Moment.SteadyMs - wanted.Decision.TimeMs <= NewsMs ? wanted.Decision.TimeMs : null;
                }

                actuator.Wanted = wanted.Decision;
                await _dispatcher.ConsiderAsync(actuator, cancellationToken);
                break;
            case DeskEvent.Replied replied:
                await OnReplyAsync(replied, cancellationToken);
                break;
            case DeskEvent.Reported reported:
                await OnStateAsync(reported, cancellationToken);
                break;
            case DeskEvent.Connected connected:
                if (_sites.TryGetValue(connected.Site, out var site))
                {
                    site.ConnectedAt = _dispatcher.Now;
                }

                break;
            case DeskEvent.Presence presence:
                OnPresence(presence, cancellationToken);
                break;
            case DeskEvent.NoEffect effect:
                await OnNoEffectAsync(effect, cancellationToken);
                break;
            case DeskEvent.HadEffect had:
                _alarms.HadEffect(had.Site, had.Zone, had.Actuator);
                break;
            case DeskEvent.Handed handed when _dispatcher.Open(handed.Id) is { } actuator:
                await OnHandedAsync(actuator, handed, cancellationToken);
                break;
            case DeskEvent.Mark mark:
                mark.Reached.TrySetResult(_dispatcher.HandingOver);
                break;
            case DeskEvent.Tick:
                await OnTickAsync(cancellationToken);
                break;
        }
    }

    private async Task<Task> MarkAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        await TellAsync(new DeskEvent.Mark(reached), cancellationToken);
        return await reached.Task.WaitAsync(cancellationToken);
    }

    private async ValueTask OnHandedAsync(ActuatorState actuator, DeskEvent.Handed e, CancellationToken cancellationToken)
    {
        actuator.EndHandOver();
        if (e.Failure is null && actuator.Last?.Command.Id == e.Id)
        {
            actuator.Times = actuator.Times with { Published = actuator.Times.Published ?? _dispatcher.Now - actuator.OpenedAt };
        }

        if (actuator.Last is { } record && record.Command.Id == e.Id && CommandLife.Handed(record, actuator.Controller, e.Failure, _dispatcher.NowMs) is { } next)
        {
            await _dispatcher.MoveAsync(actuator, next, cancellationToken);
        }
    }

    private async ValueTask OnTickAsync(CancellationToken cancellationToken)
    {
        foreach (var actuator in _actuators.Values)
        {
            _alarms.Tick(actuator, _dispatcher.Now);
            if (actuator.Last is { IsOpen: true } open
                && CommandLife.TimedOut(open, actuator.Actuator, actuator.Controller.Uplink, _options, _dispatcher.Now - actuator.OpenedAt, _dispatcher.NowMs) is { } next)
            {
                await _dispatcher.MoveAsync(actuator, next, cancellationToken);
            }
            else if (_dispatcher.Now - actuator.SentAt >= _options.Resend)
            {
                _dispatcher.Resend(actuator, cancellationToken);
            }

            await _dispatcher.ConsiderAsync(actuator, cancellationToken);
            if (actuator.StoredAt is not { } stored || _dispatcher.Now - stored >= _options.StateInterval)
            {
                _dispatcher.Store(actuator);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "'{Address}' answers command {Id}, which was not given to it; the answer is ignored.")]
        public static partial void StrangeReply(ILogger logger, string address, Guid id);

        [LoggerMessage(LogLevel.Warning, "'{Address}' reports a state but is no controller of this farm: add it to farm.yaml.")]
        public static partial void StrangeState(ILogger logger, string address);

        [LoggerMessage(LogLevel.Warning, "'{Address}' reports {Actuator} at {Position}, which it cannot reach; where it is counts as not known. Look at its sensor and wiring.")]
        public static partial void ImpossiblePosition(ILogger logger, string address, string actuator, double position);

        [LoggerMessage(LogLevel.Information, "'{Controller}' has started anew; what it was told of {Actuator} is asked for again.")]
        public static partial void StartedAnew(ILogger logger, string controller, string actuator);

        [LoggerMessage(LogLevel.Error, "The command desk could not handle {Event}.")]
        public static partial void Fault(ILogger logger, string @event, Exception exception);
    }
}
