using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>
/// The command desk reduced to what moves: one command open per actuator, the newest wins, least times, expiry, time-outs and pauses that grow, as
/// the desk of the worker has them; no ledger and no broker. Deterministic: ids count up. Not thread-safe.
/// </summary>
internal sealed class LoopDesk
{
    private readonly CommandOptions _options = new();
    private readonly Dictionary<string, DeskActuator> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, DeskActuator> _open = [];
    private readonly Action<string, Command> _send;
    private int _count;

    public LoopDesk(Zone zone, Action<string, Command> send)
    {
        _send = send;
        Actuators = [.. zone.Controllers.SelectMany(c => c.Actuators, (c, a) => new DeskActuator(c.Id, a))];
        foreach (var actuator in Actuators)
        {
            _byId.Add(actuator.Actuator.Id, actuator);
        }
    }

    /// <summary>By the order of the farm.</summary>
    public IReadOnlyList<DeskActuator> Actuators { get; }

    /// <summary>Every command so far.</summary>
    public List<LoopCommand> Commands { get; } = [];

    /// <summary>Takes a decision of the rules.</summary>
    public void Want(Decision decision, DateTimeOffset now)
    {
        var actuator = _byId[decision.Actuator];
        if (actuator.Wanted?.Target != decision.Target || actuator.Wanted.Authority != decision.Authority)
        {
            (actuator.Attempts, actuator.RetryAt) = (0, DateTimeOffset.MinValue);
        }

        actuator.Wanted = decision;
        Consider(actuator, now);
    }

    /// <summary>Takes an answer; it may come late, and more than once.</summary>
    /// <returns>The actuator whose command it moved on; null when it moved none.</returns>
    public DeskActuator? Reply(CommandReply reply, DateTimeOffset now)
    {
        if (!_open.TryGetValue(reply.Id, out var actuator))
        {
            return null;
        }

        var stage = reply.Status switch
        {
            ReplyStatus.Accepted => CommandStage.Accepted,
            ReplyStatus.Running => CommandStage.Running,
            ReplyStatus.Succeeded => CommandStage.Succeeded,
            ReplyStatus.Failed => CommandStage.Failed,
            _ => CommandStage.Rejected,
        };
        if (stage <= actuator.Stage)
        {
            return null;
        }

        Move(actuator, stage, now);
        return actuator;
    }

    /// <summary>Takes a reported state.</summary>
    public void State(string controller, ControllerState state, DateTimeOffset now)
    {
        foreach (var actuator in Actuators)
        {
            if (actuator.Controller != controller)
            {
                continue;
            }

            actuator.Mode = state.Mode;
            if (state.Positions.TryGetValue(actuator.Actuator.Id, out var position))
            {
                var hasSwitched = actuator.Actuator.Kind == ActuatorKind.Switch && actuator.Reported is { } before && before >= 0.5 != position >= 0.5;
                actuator.Switched = hasSwitched ? now : actuator.Switched;
                actuator.Reported = position;
            }

            Consider(actuator, now);
        }
    }

    /// <summary>Time has passed: ends what waits in vain, and looks again at what is wanted.</summary>
    public void Tick(DateTimeOffset now)
    {
        foreach (var actuator in Actuators)
        {
            if (actuator.IsOpen && now - actuator.Last!.Issued >= Patience(actuator))
            {
                Move(actuator, CommandStage.TimedOut, now);
            }

            Consider(actuator, now);
        }
    }

    private TimeSpan Patience(DeskActuator actuator) =>
        _options.Expiry + _options.Grace + (actuator.Stage == CommandStage.Published ? TimeSpan.Zero : actuator.Actuator.Travel * 1.5);

    private void Move(DeskActuator actuator, CommandStage stage, DateTimeOffset now)
    {
        actuator.Stage = stage;
        if (actuator.IsOpen)
        {
            return;
        }

        _open.Remove(actuator.Last!.Id);
        Commands.Add(new LoopCommand(actuator.Last.Issued, actuator.Actuator.Id, actuator.Last.Target, actuator.Last.Reason, stage));
        if (stage == CommandStage.Rejected)
        {
            actuator.Switched = actuator.SwitchedBefore;
        }

        actuator.Attempts = stage is CommandStage.Failed or CommandStage.Rejected or CommandStage.TimedOut ? actuator.Attempts + 1 : 0;
        var pause = actuator.Wanted?.Authority == Authority.Rule
            ? TimeSpan.FromTicks(Math.Min(_options.LongestRetry.Ticks, _options.FirstRetry.Ticks << Math.Clamp(actuator.Attempts - 1, 0, 10)))
            : _options.FirstRetry;
        actuator.RetryAt = now + pause;
    }

    private void Consider(DeskActuator actuator, DateTimeOffset now)
    {
        if (actuator.Wanted is not { } wanted || IsHeld(actuator, wanted.Target, now))
        {
            return;
        }

        if (actuator.IsOpen)
        {
            Move(actuator, CommandStage.Superseded, now);
        }

        var config = actuator.Actuator;
        actuator.SwitchedBefore = actuator.Switched;
        if (config.Kind == ActuatorKind.Switch && (actuator.Position is not { } position || position >= 0.5 != wanted.Target >= 0.5))
        {
            actuator.Switched = now;
        }

        var maxOn = config.Kind == ActuatorKind.Switch && wanted.Target >= 0.5 ? config.MaxOn : null;
        var id = new Guid(++_count, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
        var command = new Command(id, config.Id, wanted.Target, config.Unit?.Symbol, maxOn, _count, now, now + _options.Expiry, wanted.Source);
        (actuator.Last, actuator.Stage) = (command, CommandStage.Published);
        _open[command.Id] = actuator;
        _send(actuator.Controller, command);
    }

    /// <summary>The stages of the desk: a hand on the key, already so, a pause after a failure, least times.</summary>
    private static bool IsHeld(DeskActuator actuator, double target, DateTimeOffset now)
    {
        if (actuator.Mode != ControlMode.Remote)
        {
            return true;
        }

        if (actuator.IsOpen ? actuator.Last!.Target == target : actuator.IsAt(target))
        {
            return true;
        }

        if (!actuator.IsOpen && actuator.Last?.Target == target && now < actuator.RetryAt)
        {
            return true;
        }

        if (actuator.Actuator.Kind != ActuatorKind.Switch || actuator.Switched is not { } since || actuator.Position is not { } position)
        {
            return false;
        }

        var isOn = position >= 0.5;
        return isOn != target >= 0.5 && now - since < (isOn ? actuator.Actuator.MinOn : actuator.Actuator.MinOff);
    }
}

/// <summary>A command of a loop and what became of it.</summary>
/// <param name="Issued">When it was given.</param>
/// <param name="Actuator">To whom.</param>
/// <param name="Target">Where to.</param>
/// <param name="Source">For whom.</param>
/// <param name="Outcome">How it ended.</param>
internal readonly record struct LoopCommand(DateTimeOffset Issued, string Actuator, double Target, string Source, CommandStage Outcome);
