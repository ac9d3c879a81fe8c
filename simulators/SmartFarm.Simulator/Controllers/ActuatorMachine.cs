using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Controllers;

/// <summary>One actuator at its controller: where it is, where it goes, for whom, and when it returns by itself. Not thread-safe.</summary>
internal sealed class ActuatorMachine(Actuator actuator, DateTimeOffset now)
{
    private readonly Drive _drive = new(actuator.Min, actuator.Max, actuator.Travel);
    private DateTimeOffset _time = now;
    private double _target = actuator.Safe;
    private (DateTimeOffset Time, double Target, string Reason)? _return;
    private long _seq = long.MinValue;

    public Actuator Actuator => actuator;

    public double Position { get; private set; } = actuator.Safe;

    /// <summary>The command that is being carried out; null when none is.</summary>
    public Guid? Running { get; private set; }

    public bool IsThere => Position == _target;

    /// <summary>Reads what a command asks for; gives the sentence of refusal when it cannot be done.</summary>
    public string? Refusal(Command command, out double target)
    {
        target = command.Target;
        if (command.Seq < _seq)
        {
            return $"seq {command.Seq} is older than {_seq}, which this actuator already has";
        }

        if (actuator.Kind == ActuatorKind.Switch)
        {
            return target is 0 or 1 ? null : $"a switch takes 0 or 1, not {target}";
        }

        if (command.Unit is { } symbol)
        {
            if (!Units.TryGet(symbol, out var unit) || !unit.ConvertsTo(actuator.Unit!))
            {
                return $"the unit '{symbol}' does not fit this actuator, which is driven in {actuator.Unit}";
            }

            target = unit.Convert(target, actuator.Unit!);
        }

        return target >= actuator.Min && target <= actuator.Max ? null : $"{target} is outside {actuator.Min}..{actuator.Max} {actuator.Unit}";
    }

    public void Start(Command command, double target, DateTimeOffset now)
    {
        (_seq, _target, Running, _return) = (command.Seq, target, command.Id, null);
        if (command.Duration is { } duration)
        {
            _return = (now + duration, actuator.Safe, "its duration ended");
        }

        var isOn = actuator.Kind == ActuatorKind.Switch && target > 0;
        if (isOn && actuator.MaxOn is { } maxOn && !(_return?.Time <= now + maxOn))
        {
            _return = (now + maxOn, 0, "it was on for as long as it may");
        }
    }

    /// <summary>Goes to the safe state, and forgets whom it worked for.</summary>
    public void GoSafe()
    {
        (_target, Running, _return) = (actuator.Safe, null, null);
    }

    /// <summary>Forgets the command it carries out, and stays on its way.</summary>
    public Guid? Release()
    {
        var command = Running;
        Running = null;
        return command;
    }

    /// <summary>Lets time pass.</summary>
    /// <returns>The last word on the command it carried out; null when there is none yet.</returns>
    public CommandReply? Advance(DateTimeOffset now)
    {
        CommandReply? outcome = null;
        if (_return is { } due && due.Time <= now)
        {
            Move(due.Time);
            outcome = Arrived(due.Time);
            if (Release() is { } command)
            {
                outcome = new CommandReply(command, ReplyStatus.Failed, $"{due.Reason} before it had arrived", due.Time);
            }

            (_target, _return) = (due.Target, null);
        }

        Move(now);
        return outcome ?? Arrived(now);
    }

    private CommandReply? Arrived(DateTimeOffset now) => IsThere && Release() is { } command ? new CommandReply(command, ReplyStatus.Succeeded, null, now) : null;

    private void Move(DateTimeOffset now)
    {
        var elapsed = now > _time ? now - _time : TimeSpan.Zero;
        Position = _drive.Move(Position, _target, elapsed);
        _time = now;
    }
}
