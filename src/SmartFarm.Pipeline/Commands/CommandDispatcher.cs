using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands.Stages;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands;

/// <summary>Issues commands and closes them: what the desk's loop does to one actuator. Called by that loop only.</summary>
internal sealed partial class CommandDispatcher(
    ICommandLedger ledger,
    ICommandChannel channel,
    CommandPoints points,
    DeskAlarms alarms,
    ZoneInbox inbox,
    CommandOptions options,
    WorkerMetrics metrics,
    SteadyClock steady,
    TimeProvider clock,
    ILogger<CommandDesk> log,
    Func<DeskEvent, ValueTask> handed)
{
    private readonly ICommandStage[] _stages = [new LocalModeStage(), new SameStage(), new RetryStage(), new MinimumTimeStage(), new GroupStage(), new StormStage()];
    private readonly Dictionary<Guid, ActuatorState> _open = [];
    private readonly List<Task> _handOvers = [];
    private readonly long _start = clock.GetTimestamp();

    /// <summary>The monotonic clock of the desk.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>The wall clock, Unix ms.</summary>
    public long NowMs => Moment.WallMs;

    /// <summary>Both clocks.</summary>
    public Moment Moment => steady.Now();

    /// <summary>Completes when the hand-overs that are under way have ended.</summary>
    public Task HandingOver => Task.WhenAll(_handOvers);

    /// <summary>The actuator whose open command has this id, or null.</summary>
    public ActuatorState? Open(Guid id) => _open.GetValueOrDefault(id);

    /// <summary>After a restart nobody knows when a switch last moved: its least times begin anew, on the careful side.</summary>
    public void TakeUp(ActuatorState actuator, CommandRecord record)
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

    /// <summary>Writes the next state of a command down, and what follows from it.</summary>
    public async ValueTask MoveAsync(ActuatorState? actuator, CommandRecord next, CancellationToken cancellationToken)
    {
        await ledger.SaveAsync(next, cancellationToken);
        var isNewest = actuator?.Last?.Command.Id == next.Command.Id;
        if (isNewest && next.Stage is CommandStage.Accepted or CommandStage.Running or CommandStage.Succeeded or CommandStage.Failed or CommandStage.Rejected)
        {
            actuator!.Times = actuator.Times with { Answered = actuator.Times.Answered ?? Now - actuator.OpenedAt };
        }

        if (!next.IsOpen)
        {
            _open.Remove(next.Command.Id);
            var open = isNewest ? Now - actuator!.OpenedAt : (TimeSpan?)null;
            points.Closed(next, open, isNewest ? actuator!.Times : default, NowMs);
            alarms.Closed(next, actuator?.Actuator.Expect.Count > 0);
            if (next.Stage == CommandStage.Succeeded && open is { } took)
            {
                metrics.Latencies.Confirmed.Record(took);
            }

            Log.Closed(log, next.Command.Actuator, next.Command.Target, Outcomes.Name(next.Stage), next.Detail);
        }

        if (actuator is null || !isNewest)
        {
            return;
        }

        actuator.Last = next;
        if (!next.IsOpen)
        {
            Close(actuator, next.Stage);
        }

        if (next.Stage == CommandStage.Succeeded)
        {
            inbox.Post(new ZoneNote.Acknowledged(next.Site, next.Zone, next.Command.Actuator, next.Command.Target, Moment.SteadyMs));
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
        actuator.RetryAt = Now + CommandLife.RetryPause(actuator.Wanted?.Authority ?? Authority.Rule, actuator.Attempts, options);
    }

    /// <summary>Commands the wanted target, unless a stage objects: step 10 of the road.</summary>
    public async ValueTask ConsiderAsync(ActuatorState actuator, CancellationToken cancellationToken)
    {
        if (actuator.Wanted is not { } wanted)
        {
            Refresh(actuator);
            return;
        }

        // :: 10
        foreach (var stage in _stages)
        {
            if (stage.Objection(actuator, wanted, Now) is { } objection)
            {
                if (stage is StormStage)
                {
                    alarms.Held(actuator, objection);
                }

                Hold(actuator, objection);
                await CancelAsync(actuator, wanted, objection, cancellationToken);
                Refresh(actuator);
                return;
            }
        }

        actuator.HeldBecause = "";
        if (actuator.Last is { IsOpen: true } older)
        {
            await MoveAsync(actuator, older with { Stage = CommandStage.Superseded, ClosedMs = NowMs, Detail = "A newer command took its place." }, cancellationToken);
        }

        var record = CommandLife.New(actuator, wanted, options, actuator.Clock.Now(Moment));
        await ledger.SaveAsync(record, cancellationToken);
        (actuator.OpenedAt, actuator.SentAt) = (Now, Now);
        actuator.Times = new CommandTimes(actuator.DecidedMs is { } decided ? TimeSpan.FromMilliseconds(Moment.SteadyMs - decided) : null, null, null);
        actuator.Commands.Spend(Now);
        actuator.Site.Commands.Spend(Now);
        actuator.SwitchedBefore = actuator.Switched;
        if (actuator.Actuator.Kind == ActuatorKind.Switch && (actuator.Position is not { } position || position >= 0.5 != wanted.Target >= 0.5))
        {
            actuator.Switched = Now;
        }

        actuator.Last = record;
        _open[record.Command.Id] = actuator;
        metrics.CommandIssued();
        Log.Issued(log, record.Site, record.Zone, record.Command.Actuator, record.Command.Target, record.Command.Reason);
        HandOver(actuator, record, record.Command.Expires - record.Command.Issued, cancellationToken);
        Refresh(actuator);
    }

    private void Hold(ActuatorState actuator, string objection)
    {
        if (actuator.HeldBecause.Length == 0)
        {
            metrics.CommandHeld();
        }

        (actuator.HeldBecause, actuator.DecidedMs) = (objection, null);
    }

    /// <summary>Shows an actuator as it is now, and stores it when that is news.</summary>
    public void Refresh(ActuatorState actuator)
    {
        if (actuator.Refresh())
        {
            Store(actuator);
        }
    }

    /// <summary>Stores the state of an actuator.</summary>
    public void Store(ActuatorState actuator)
    {
        actuator.StoredAt = Now;
        points.State(actuator, NowMs);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Command to {Site}/{Zone}/{Actuator}: target {Target}, {Reason}.")]
        public static partial void Issued(ILogger logger, string site, string zone, string actuator, double target, string reason);

        [LoggerMessage(LogLevel.Information, "The command to {Actuator} (target {Target}) ended {Outcome}. {Detail}")]
        public static partial void Closed(ILogger logger, string actuator, double target, string outcome, string detail);
    }
}
