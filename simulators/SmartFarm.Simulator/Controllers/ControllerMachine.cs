using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator.Controllers;

/// <summary>
/// What a controller does, without the wire: commands and time in, answers and state out. A command id acts once and is answered again;
/// expired and older commands are refused; a newer one replaces the one that runs; a silent backend sends everything to its safe state.
/// Answers collect until <see cref="TakeReplies"/>. Not thread-safe.
/// </summary>
internal sealed class ControllerMachine
{
    /// <summary>The most command ids remembered; what is older is caught by its seq or its expiry.</summary>
    private const int MostRemembered = 256;

    private readonly Dictionary<string, ActuatorMachine> _actuators;
    private readonly Dictionary<Guid, CommandReply> _answers = [];
    private readonly Queue<Guid> _order = new();
    private readonly Queue<Act> _acts = new();
    private readonly TimeSpan _deadMan;
    private List<CommandReply> _replies = [];
    private DateTimeOffset _lastSign;
    private bool _isAbandoned;
    private long _boot;

    /// <param name="actuators">What it moves.</param>
    /// <param name="deadMan">Silence of the backend after which everything goes to its safe state.</param>
    /// <param name="now">When it is switched on, with everything in its safe state.</param>
    /// <param name="faults">What goes wrong with its actuators.</param>
    public ControllerMachine(IEnumerable<Actuator> actuators, TimeSpan deadMan, DateTimeOffset now, NodeFaults faults)
    {
        _actuators = actuators.ToDictionary(a => a.Id, a => new ActuatorMachine(a, now, faults.OfActuator(a)), StringComparer.Ordinal);
        (_deadMan, _lastSign, _boot) = (deadMan, now, now.ToUnixTimeMilliseconds());
    }

    public ControlMode Mode { get; private set; } = ControlMode.Remote;

    /// <summary>Where the actuators are, which may not be where it believes them to be.</summary>
    public IEnumerable<(Actuator Actuator, double Position)> Positions => _actuators.Values.Select(a => (a.Actuator, a.Position));

    public IEnumerable<ActuatorMachine> Actuators => _actuators.Values;

    public bool IsMoving => _actuators.Values.Any(a => !a.IsThere);

    /// <summary>What it reports.</summary>
    public ControllerState State(DateTimeOffset now) =>
        new(now, Mode, _actuators.ToDictionary(a => a.Key, a => Math.Round(a.Value.Measured, 2), StringComparer.Ordinal)) { Boot = $"{_boot}" };

    /// <summary>One of its actuators; null when it has none of that name.</summary>
    public ActuatorMachine? Find(string actuator) => _actuators.GetValueOrDefault(actuator);

    public IReadOnlyList<CommandReply> TakeReplies()
    {
        var replies = _replies;
        _replies = [];
        return replies;
    }

    /// <summary>What it set out to do since this was asked last, oldest first; of very many the newest.</summary>
    public IReadOnlyList<Act> TakeActs()
    {
        Act[] acts = [.. _acts];
        _acts.Clear();
        return acts;
    }

    /// <summary>Takes a command.</summary>
    public void Handle(Command command, DateTimeOffset now)
    {
        Advance(now);
        if (_answers.TryGetValue(command.Id, out var answer))
        {
            _replies.Add(answer);
            return;
        }

        var target = 0.0;
        var refusal = Mode != ControlMode.Remote ? $"the controller is in {Mode.ToString().ToLowerInvariant()} mode"
            : now > command.Expires ? $"it expired at {command.Expires:O}"
            : !_actuators.TryGetValue(command.Actuator, out var actuator) ? $"this controller has no actuator '{command.Actuator}'"
            : actuator.Refusal(command, out target);
        if (refusal is not null)
        {
            Answer(new CommandReply(command.Id, ReplyStatus.Rejected, refusal, now));
            return;
        }

        (_lastSign, _isAbandoned) = (now, false);
        var machine = _actuators[command.Actuator];
        if (machine.Release() is { } replaced)
        {
            Answer(new CommandReply(replaced, ReplyStatus.Failed, $"replaced by {command.Id}", now));
        }

        machine.Start(command, target, now);
        Remember(new Act(command.Id, command.Actuator, target, now, command.Expires, Mode));
        Answer(new CommandReply(command.Id, ReplyStatus.Accepted, null, now));
        Answer(machine.Advance(now) ?? new CommandReply(command.Id, ReplyStatus.Running, null, now));
    }

    private void Remember(Act act)
    {
        _acts.Enqueue(act);
        if (_acts.Count > MostRemembered)
        {
            _acts.Dequeue();
        }
    }

    /// <summary>Lets time pass: moves what moves, ends what ends, and watches for a silent backend.</summary>
    public void Advance(DateTimeOffset now)
    {
        var silentSince = _lastSign + _deadMan;
        if (Mode == ControlMode.Remote && !_isAbandoned && silentSince <= now)
        {
            AdvanceActuators(silentSince);
            Abandon($"nothing was heard of the backend for {_deadMan.TotalSeconds} s", silentSince);
        }

        AdvanceActuators(now);
    }

    /// <summary>Takes the backend's sign of life, or of death.</summary>
    public void Heard(bool isOnline, DateTimeOffset now)
    {
        Advance(now);
        if (isOnline)
        {
            (_lastSign, _isAbandoned) = (now, false);
        }
        else if (Mode == ControlMode.Remote && !_isAbandoned)
        {
            Abandon("the backend went offline", now);
        }
    }

    /// <summary>Somebody turns the key at the node. What runs stays where it is going, but no longer for the backend.</summary>
    public void Turn(ControlMode mode, DateTimeOffset now)
    {
        Advance(now);
        Mode = mode;
        if (mode == ControlMode.Remote)
        {
            (_lastSign, _isAbandoned) = (now, false);
        }

        foreach (var machine in _actuators.Values)
        {
            if (mode != ControlMode.Remote && machine.Release() is { } command)
            {
                Answer(new CommandReply(command, ReplyStatus.Failed, $"the controller was switched to {mode.ToString().ToLowerInvariant()} mode", now));
            }
        }
    }

    /// <summary>The supply fails: whatever it was told and said is forgotten.</summary>
    public void CutPower(DateTimeOffset now)
    {
        Advance(now);
        _answers.Clear();
        _order.Clear();
        _replies = [];
        foreach (var machine in _actuators.Values)
        {
            machine.CutPower();
        }
    }

    /// <summary>The supply is back: it starts anew and sends everything to its safe state.</summary>
    public void Restart(DateTimeOffset now)
    {
        (Mode, _lastSign, _isAbandoned, _boot) = (ControlMode.Remote, now, false, now.ToUnixTimeMilliseconds());
        foreach (var machine in _actuators.Values)
        {
            machine.Restart(now);
        }
    }

    private void AdvanceActuators(DateTimeOffset now)
    {
        foreach (var machine in _actuators.Values)
        {
            if (machine.Advance(now) is { } outcome)
            {
                Answer(outcome);
            }
        }
    }

    private void Abandon(string reason, DateTimeOffset now)
    {
        _isAbandoned = true;
        foreach (var machine in _actuators.Values)
        {
            if (machine.Release() is { } command)
            {
                Answer(new CommandReply(command, ReplyStatus.Failed, $"{reason}: going to the safe state", now));
            }

            machine.GoSafe(now);
        }
    }

    private void Answer(CommandReply reply)
    {
        _replies.Add(reply);
        if (!_answers.ContainsKey(reply.Id))
        {
            _order.Enqueue(reply.Id);
            if (_order.Count > MostRemembered)
            {
                _answers.Remove(_order.Dequeue());
            }
        }

        _answers[reply.Id] = reply;
    }
}
