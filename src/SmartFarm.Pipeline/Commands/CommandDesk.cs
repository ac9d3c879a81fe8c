using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Commands.Stages;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands;

/// <summary>
/// Turns what the rules want into commands, and follows each to exactly one outcome. One loop handles one event at a time: a decision, a
/// reply, a reported state, a hand-over, a tick. A wanted target walks the stages; whoever objects says why, and it is tried again at the
/// next event. What passes is written to the ledger, then published. At most one command is open per actuator; a newer target supersedes it.
/// </summary>
public sealed partial class CommandDesk : BackgroundService
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];
    private const int MostWaitingEvents = 10_000;

    private readonly Channel<DeskEvent> _events = Channel.CreateBounded<DeskEvent>(new BoundedChannelOptions(MostWaitingEvents) { SingleReader = true });
    private readonly ICommandStage[] _stages = [new LocalModeStage(), new SameStage(), new RetryStage(), new MinimumTimeStage()];
    private readonly Dictionary<string, ActuatorState> _actuators = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, ActuatorState> _open = [];
    private readonly FarmMap _map;
    private readonly ICommandLedger _ledger;
    private readonly ICommandChannel _channel;
    private readonly CommandPoints _points;
    private readonly CommandOptions _options;
    private readonly WorkerMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<CommandDesk> _log;
    private readonly long _start;

    /// <summary>Builds the desk of a farm.</summary>
    public CommandDesk(
        FarmMap map,
        SeriesCatalog catalog,
        ICommandLedger ledger,
        ICommandChannel channel,
        StoreRunner store,
        CommandOptions options,
        WorkerMetrics metrics,
        TimeProvider clock,
        ILogger<CommandDesk> log)
    {
        (_map, _ledger, _channel, _options, _metrics, _clock, _log) = (map, ledger, channel, options, metrics, clock, log);
        _points = new CommandPoints(store, catalog);
        _start = clock.GetTimestamp();
        foreach (var zone in map.Zones)
        {
            foreach (var controller in zone.Zone?.Controllers ?? [])
            {
                foreach (var actuator in controller.Actuators)
                {
                    var state = new ActuatorState(zone, controller, actuator, catalog);
                    _actuators.Add(state.Key, state);
                }
            }
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    private long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Tells the desk. Waits when ten thousand events are waiting.</summary>
    public ValueTask TellAsync(DeskEvent e, CancellationToken cancellationToken) => _events.Writer.WriteAsync(e, cancellationToken);

    /// <summary>The actuators of a zone as they are now. Thread-safe.</summary>
    public IReadOnlyList<ActuatorView> ViewOf(string site, string zone) =>
        [.. _actuators.Values.Where(a => a.Zone.Site.Id == site && a.Zone.Id == zone).Select(a => a.View)];

    /// <summary>Takes up what was open before a restart.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, record) in await _ledger.LastByActuatorAsync(cancellationToken))
        {
            if (_actuators.TryGetValue(key, out var actuator))
            {
                TakeUp(actuator, record);
            }
            else if (record.IsOpen)
            {
                await MoveAsync(null, record with { Stage = CommandStage.Superseded, ClosedMs = NowMs, Detail = "The actuator is no longer in the farm." }, cancellationToken);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>After a restart nobody knows when a switch last moved: its least times begin anew, on the careful side.</summary>
    private void TakeUp(ActuatorState actuator, CommandRecord record)
    {
        actuator.Last = record;
        actuator.Switched = actuator.SwitchedBefore = actuator.Actuator.Kind == ActuatorKind.Switch ? Now : null;
        actuator.OpenedAt = Now - TimeSpan.FromMilliseconds(Math.Max(0, NowMs - record.Command.Issued.ToUnixTimeMilliseconds()));
        actuator.Refresh();
        if (record.IsOpen)
        {
            _open[record.Command.Id] = actuator;
        }
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

                await Task.Delay(Pauses[^left], _clock, cancellationToken);
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
                }

                actuator.Wanted = wanted.Decision;
                await ConsiderAsync(actuator, cancellationToken);
                break;
            case DeskEvent.Replied replied:
                await OnReplyAsync(replied, cancellationToken);
                break;
            case DeskEvent.Reported reported:
                await OnStateAsync(reported, cancellationToken);
                break;
            case DeskEvent.Connected connected:
                foreach (var actuator in _actuators.Values.Where(a => a.Zone.Site.Id == connected.Site))
                {
                    actuator.ConnectedAt ??= Now;
                }

                break;
            case DeskEvent.Handed handed when _open.TryGetValue(handed.Id, out var actuator):
                await OnHandedAsync(actuator, handed, cancellationToken);
                break;
            case DeskEvent.Tick:
                await OnTickAsync(cancellationToken);
                break;
        }
    }

    private async ValueTask OnReplyAsync(DeskEvent.Replied e, CancellationToken cancellationToken)
    {
        var record = _open.TryGetValue(e.Reply.Id, out var actuator) ? actuator.Last! : await _ledger.FindAsync(e.Reply.Id, cancellationToken);
        if (record is null || !_map.TryGetController(e.Site, e.ControllerAddress, out var sender) || record.Site != e.Site || record.Controller != sender.Controller.Id)
        {
            Log.StrangeReply(_log, e.ControllerAddress, e.Reply.Id);
            return;
        }

        // :: 11
        if (CommandLife.Next(record, e.Reply, NowMs) is { } next)
        {
            await MoveAsync(_actuators.GetValueOrDefault(ActuatorState.KeyOf(record.Site, record.Zone, record.Command.Actuator)), next, cancellationToken);
        }
    }

    private async ValueTask OnStateAsync(DeskEvent.Reported e, CancellationToken cancellationToken)
    {
        if (!_map.TryGetController(e.Site, e.ControllerAddress, out var sender))
        {
            Log.StrangeState(_log, e.ControllerAddress);
            return;
        }

        foreach (var actuator in _actuators.Values.Where(a => ReferenceEquals(a.Controller, sender.Controller)))
        {
            actuator.Mode = e.State.Mode;
            if (e.State.Positions.TryGetValue(actuator.Actuator.Id, out var position))
            {
                if (actuator.Actuator.Kind == ActuatorKind.Switch && actuator.Reported is { } before && before >= 0.5 != position >= 0.5)
                {
                    actuator.Switched = Now;
                }

                (actuator.Reported, actuator.ReportedMs) = (position, Math.Min(e.State.Time?.ToUnixTimeMilliseconds() ?? NowMs, NowMs));
            }

            await ConsiderAsync(actuator, cancellationToken);
        }
    }

    private async ValueTask OnHandedAsync(ActuatorState actuator, DeskEvent.Handed e, CancellationToken cancellationToken)
    {
        actuator.EndHandOver();
        if (actuator.Last is { } record && record.Command.Id == e.Id && CommandLife.Handed(record, e.Failure, NowMs) is { } next)
        {
            await MoveAsync(actuator, next, cancellationToken);
        }
    }

    private async ValueTask OnTickAsync(CancellationToken cancellationToken)
    {
        foreach (var actuator in _actuators.Values)
        {
            if (actuator.Last is { IsOpen: true } open && CommandLife.TimedOut(open, actuator.Actuator, _options, Now - actuator.OpenedAt, NowMs) is { } next)
            {
                await MoveAsync(actuator, next, cancellationToken);
            }

            await ConsiderAsync(actuator, cancellationToken);
            if (actuator.StoredAt is { } stored && Now - stored >= _options.StateInterval)
            {
                Store(actuator);
            }
        }
    }

    /// <summary>Writes the next state of a command down, and what follows from it.</summary>
    private async ValueTask MoveAsync(ActuatorState? actuator, CommandRecord next, CancellationToken cancellationToken)
    {
        await _ledger.SaveAsync(next, cancellationToken);
        if (!next.IsOpen)
        {
            _open.Remove(next.Command.Id);
            _points.Closed(next, NowMs);
            Log.Closed(_log, next.Command.Actuator, next.Command.Target, Outcomes.Name(next.Stage), next.Detail);
        }

        if (actuator is null || actuator.Last?.Command.Id != next.Command.Id)
        {
            return;
        }

        actuator.Last = next;
        if (!next.IsOpen)
        {
            Close(actuator, next.Stage);
        }

        Refresh(actuator);
    }

    /// <summary>What the outcome of a command means for the next: only what the controller did not do makes the pauses grow, and never for safety.</summary>
    private void Close(ActuatorState actuator, CommandStage outcome)
    {
        actuator.EndHandOver();
        if (outcome is CommandStage.Expired or CommandStage.Rejected)
        {
            actuator.Switched = actuator.SwitchedBefore;
        }

        actuator.Attempts = outcome is CommandStage.Failed or CommandStage.Rejected or CommandStage.TimedOut ? actuator.Attempts + 1 : 0;
        actuator.RetryAt = Now + (actuator.Wanted?.Authority == Authority.Rule ? CommandLife.RetryPause(actuator.Attempts, _options) : _options.FirstRetry);
    }

    /// <summary>Commands the wanted target, unless a stage objects: step 10 of the road.</summary>
    private async ValueTask ConsiderAsync(ActuatorState actuator, CancellationToken cancellationToken)
    {
        if (actuator.Wanted is not { } wanted)
        {
            Refresh(actuator);
            return;
        }

        // :: 10
        foreach (var stage in _stages)
        {
            if (stage.Objection(actuator, wanted.Target, Now) is { } objection)
            {
                Hold(actuator, objection);
                Refresh(actuator);
                return;
            }
        }

        actuator.HeldBecause = "";
        if (actuator.Last is { IsOpen: true } older)
        {
            await MoveAsync(actuator, older with { Stage = CommandStage.Superseded, ClosedMs = NowMs, Detail = "A newer command took its place." }, cancellationToken);
        }

        var record = CommandLife.New(actuator, wanted, _options, _clock.GetUtcNow());
        await _ledger.SaveAsync(record, cancellationToken);
        actuator.OpenedAt = Now;
        actuator.SwitchedBefore = actuator.Switched;
        if (actuator.Actuator.Kind == ActuatorKind.Switch && (actuator.Position is not { } position || position >= 0.5 != wanted.Target >= 0.5))
        {
            actuator.Switched = Now;
        }

        actuator.Last = record;

        _open[record.Command.Id] = actuator;
        _metrics.CommandIssued();
        Log.Issued(_log, record.Site, record.Zone, record.Command.Actuator, record.Command.Target, record.Command.Reason);
        actuator.HandOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = HandOverAsync(record, actuator.Controller.Address, actuator.HandOver.Token);
        Refresh(actuator);
    }

    /// <summary>Runs beside the loop, so that a broker that is away holds up nobody; the result comes back as an event.</summary>
    private async Task HandOverAsync(CommandRecord record, string address, CancellationToken cancellationToken)
    {
        string? failure = null;
        try
        {
            await _channel.PublishAsync(record.Site, address, record.Command, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Superseded, or the worker stops: a command that has not left yet does not leave any more.
            return;
        }
        catch (Exception e)
        {
            failure = e.Message;
        }

        await _events.Writer.WriteAsync(new DeskEvent.Handed(record.Command.Id, failure), CancellationToken.None);
    }

    private void Hold(ActuatorState actuator, string objection)
    {
        if (actuator.HeldBecause.Length == 0)
        {
            _metrics.CommandHeld();
        }

        actuator.HeldBecause = objection;
    }

    private void Refresh(ActuatorState actuator)
    {
        if (actuator.Refresh())
        {
            Store(actuator);
        }
    }

    private void Store(ActuatorState actuator)
    {
        actuator.StoredAt = Now;
        _points.State(actuator, NowMs);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Command to {Site}/{Zone}/{Actuator}: target {Target}, {Reason}.")]
        public static partial void Issued(ILogger logger, string site, string zone, string actuator, double target, string reason);

        [LoggerMessage(LogLevel.Information, "The command to {Actuator} (target {Target}) ended {Outcome}. {Detail}")]
        public static partial void Closed(ILogger logger, string actuator, double target, string outcome, string detail);

        [LoggerMessage(LogLevel.Warning, "'{Address}' answers command {Id}, which was not given to it; the answer is ignored.")]
        public static partial void StrangeReply(ILogger logger, string address, Guid id);

        [LoggerMessage(LogLevel.Warning, "'{Address}' reports a state but is no controller of this farm: add it to farm.yaml.")]
        public static partial void StrangeState(ILogger logger, string address);

        [LoggerMessage(LogLevel.Error, "The command desk could not handle {Event}.")]
        public static partial void Fault(ILogger logger, string @event, Exception exception);
    }
}
