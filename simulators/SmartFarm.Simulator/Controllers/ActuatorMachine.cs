using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Actuators;
using SmartFarm.Simulator.Faults.Drives;

namespace SmartFarm.Simulator.Controllers;

/// <summary>One actuator at its controller: where it is, where it goes, for whom, and when it returns by itself. Not thread-safe.</summary>
internal sealed class ActuatorMachine(Actuator actuator, DateTimeOffset now, IReadOnlyList<DriveFault> faults)
{
    private readonly Drive _drive = new(Gear(actuator), actuator.Safe);

    /// <summary>A way that takes longer than this has failed, and the motor is switched off.</summary>
    private readonly TimeSpan _patience = (actuator.Travel * 1.5) + TimeSpan.FromSeconds(5);

    private DateTimeOffset _time = now;
    private DateTimeOffset? _deadline;
    private (DateTimeOffset Time, double Target, string Reason)? _return;
    private bool _hasPower = true;

    public Actuator Actuator => actuator;

    /// <summary>Where it is: what acts on the house.</summary>
    public double Position => _drive.Position;

    /// <summary>Where its controller believes it to be: what it reports.</summary>
    public double Measured => _drive.Measured;

    /// <summary>The command that is being carried out; null when none is.</summary>
    public Guid? Running { get; private set; }

    /// <summary>Where it goes.</summary>
    public double Target { get; private set; } = actuator.Safe;

    /// <summary>The number of the last command that it took; lower ones are refused.</summary>
    public long Seq { get; private set; } = long.MinValue;

    /// <summary>The last command that it took, whatever became of it.</summary>
    public Guid? LastId { get; private set; }

    /// <summary>Whether the last way took too long.</summary>
    public bool HasGivenUp { get; private set; }

    public bool IsThere => _drive.IsAtRest;

    /// <summary>Reads what a command asks for; gives the sentence of refusal when it cannot be done.</summary>
    public string? Refusal(Command command, out double target)
    {
        target = command.Target;
        if (command.Seq < Seq)
        {
            return $"seq {command.Seq} is older than {Seq}, which this actuator already has";
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
        (Seq, LastId, Running, _return) = (command.Seq, command.Id, command.Id, null);
        SetOut(target, now);
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
    public void GoSafe(DateTimeOffset now)
    {
        (Running, _return) = (null, null);
        SetOut(actuator.Safe, now);
    }

    /// <summary>The controller has no supply: a motor stays where it is, a switch drops out, and everything is forgotten.</summary>
    public void CutPower()
    {
        (_hasPower, Running, LastId, _return, _deadline, Seq) = (false, null, null, null, null, long.MinValue);
        Target = actuator.Kind == ActuatorKind.Switch ? actuator.Min : Target;
    }

    /// <summary>The controller starts anew.</summary>
    public void Restart(DateTimeOffset now)
    {
        _hasPower = true;
        GoSafe(now);
    }

    /// <summary>Forgets the command it carries out, and stays on its way.</summary>
    public Guid? Release()
    {
        var command = Running;
        Running = null;
        return command;
    }

    /// <summary>Time until it arrives, were it sound, or else until it returns by itself; zero when neither is to come.</summary>
    public TimeSpan Remaining(DateTimeOffset now) =>
        !IsThere ? actuator.Travel * (Math.Abs(Target - Measured) / (actuator.Max - actuator.Min))
        : _return is { } due && due.Time > now ? due.Time - now
        : TimeSpan.Zero;

    /// <summary>Lets time pass.</summary>
    /// <returns>The last word on the command it carried out; null when there is none yet.</returns>
    public CommandReply? Advance(DateTimeOffset now)
    {
        CommandReply? outcome = null;
        if (_deadline is { } deadline && deadline <= now && !(_return?.Time <= deadline))
        {
            outcome = GiveUp(deadline);
        }

        if (_return is { } due && due.Time <= now)
        {
            Move(due.Time);
            outcome ??= Arrived(due.Time);
            if (Release() is { } command)
            {
                outcome = new CommandReply(command, ReplyStatus.Failed, $"{due.Reason} before it had arrived", due.Time);
            }

            _return = null;
            SetOut(due.Target, due.Time);
        }

        Move(now);
        return outcome ?? Arrived(now);
    }

    /// <summary>Position drives with a way have what every gear has: a little dead band and play.</summary>
    private static DriveParameters Gear(Actuator actuator)
    {
        var hasGear = actuator.Kind == ActuatorKind.Position && actuator.Travel > TimeSpan.Zero;
        var range = hasGear ? actuator.Max - actuator.Min : 0;
        return new DriveParameters(actuator.Min, actuator.Max, actuator.Travel) { DeadBand = 0.003 * range, Backlash = 0.005 * range };
    }

    private void SetOut(double target, DateTimeOffset now) => (Target, _deadline, HasGivenUp) = (target, now + _patience, false);

    private CommandReply? GiveUp(DateTimeOffset deadline)
    {
        Move(deadline);
        if (IsThere)
        {
            return Arrived(deadline);
        }

        var detail = $"it stands at {Math.Round(Measured, 2)} and not at {Target} after {_patience.TotalSeconds:0.#} s; the motor was switched off";
        (Target, _deadline, HasGivenUp) = (Measured, null, true);
        return Release() is { } command ? new CommandReply(command, ReplyStatus.Failed, detail, deadline) : null;
    }

    private CommandReply? Arrived(DateTimeOffset now) => IsThere && Release() is { } command ? new CommandReply(command, ReplyStatus.Succeeded, null, now) : null;

    private void Move(DateTimeOffset now)
    {
        var condition = DriveFault.At(faults, now);
        condition.HasNoPower |= !_hasPower;
        _drive.Move(Target, now > _time ? now - _time : TimeSpan.Zero, condition);
        _time = now > _time ? now : _time;
        _deadline = IsThere ? null : _deadline;
    }
}
