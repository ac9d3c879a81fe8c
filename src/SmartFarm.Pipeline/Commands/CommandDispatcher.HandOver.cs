using SmartFarm.Domain.Commands;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands;

/// <summary>From the ledger to the broker, once more, and back.</summary>
internal sealed partial class CommandDispatcher
{
    /// <summary>
    /// Hands a command over again that the controller has not answered, under its own id: it acts once and answers again. Not to a node that sleeps; its
    /// network repeats by itself.
    /// </summary>
    public void Resend(ActuatorState actuator, CancellationToken cancellationToken)
    {
        if (actuator.Last is not { Stage: CommandStage.Published } record || actuator.Controller.Uplink is not null || actuator.Mode is ControlMode.Local or ControlMode.Manual)
        {
            return;
        }

        var left = record.Command.Expires - record.Command.Issued - (Now - actuator.OpenedAt);
        if (left > options.Grace)
        {
            actuator.SentAt = Now;
            actuator.EndHandOver();
            HandOver(actuator, record, left, cancellationToken);
        }
    }

    private void HandOver(ActuatorState actuator, CommandRecord record, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        actuator.HandOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _handOvers.RemoveAll(task => task.IsCompleted);
        _handOvers.Add(HandOverAsync(record, actuator.Controller.Address, lifetime, actuator.DecidedMs, actuator.HandOver.Token));
        actuator.DecidedMs = null;
    }

    /// <summary>A command that has not left is withdrawn when it is no longer wanted, or its controller is in somebody's hand.</summary>
    private async ValueTask CancelAsync(ActuatorState actuator, Decision wanted, string objection, CancellationToken cancellationToken)
    {
        if (actuator.Last is { Stage: CommandStage.Requested } waiting && (waiting.Command.Target != wanted.Target || actuator.Mode is ControlMode.Local or ControlMode.Manual))
        {
            await MoveAsync(actuator, waiting with { Stage = CommandStage.Cancelled, ClosedMs = NowMs, Detail = $"It had not left, and is no longer wanted so. {objection}" }, cancellationToken);
        }
    }

    /// <summary>Runs beside the loop, so that a broker that is away holds up nobody; the result comes back as an event.</summary>
    private async Task HandOverAsync(CommandRecord record, string address, TimeSpan lifetime, long? decidedMs, CancellationToken cancellationToken)
    {
        string? failure = null;
        try
        {
            await channel.PublishAsync(record.Site, address, record.Command, lifetime, cancellationToken);
            if (decidedMs is { } decided)
            {
                metrics.Latencies.Published.Record(TimeSpan.FromMilliseconds(steady.Now().SteadyMs - decided));
            }
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

        await handed(new DeskEvent.Handed(record.Command.Id, failure));
    }
}
