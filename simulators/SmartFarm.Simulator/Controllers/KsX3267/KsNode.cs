using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Simulator.Controllers.KsX3267;

/// <summary>
/// The vocabulary of KS X 3267 over a controller: operations in, registers out. The contract stays the controller's: an operation id acts
/// once, the newest wins, another hand on the key refuses, a silent backend ends in the safe state. Not thread-safe.
/// </summary>
internal sealed class KsNode(ControllerMachine machine)
{
    /// <summary>An operation comes at once or not at all: the line has no memory.</summary>
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (int OpId, Guid Id)> _last = new(StringComparer.Ordinal);
    private long _count;

    /// <summary>Whether a command came from here: the answer stands in the registers, and is nobody else's business.</summary>
    public static bool IsMine(Guid command) => command.Version == 8;

    /// <summary>Takes what was written.</summary>
    /// <returns>Why nothing is done; null when it is.</returns>
    public string? Take(Write write, DateTimeOffset now)
    {
        if (write.Device is null)
        {
            return Take(write.Operation, write.Control, now);
        }

        if (machine.Find(write.Device) is not { } actuator)
        {
            return $"this node has no device '{write.Device}'";
        }

        if (write.OpId is < 1 or > 65535)
        {
            return $"opid {write.OpId} is outside 1..65535";
        }

        if (machine.Mode != ControlMode.Remote)
        {
            return "authority is not remote";
        }

        if (_last.TryGetValue(write.Device, out var last) && last.OpId == write.OpId)
        {
            return null;
        }

        if (Target(actuator, write) is not { } target)
        {
            return $"{write.Operation} is no operation of a {Code(actuator.Actuator)}";
        }

        var id = Id(now);
        _last[write.Device] = (write.OpId, id);
        TimeSpan? duration = write.Operation == Operation.TimedOn ? TimeSpan.FromSeconds(write.Time) : null;
        machine.Handle(new Command(id, write.Device, target, actuator.Actuator.Unit?.Symbol, duration, actuator.Seq, now, now + Expiry, "KS X 3267"), now);
        return null;
    }

    /// <summary>What a master reads.</summary>
    public NodeRegisters Read(DateTimeOffset now) => new(
        Status.Ready,
        machine.Mode switch { ControlMode.Local => Authority.Local, ControlMode.Manual => Authority.Manual, _ => Authority.Remote },
        [.. machine.Actuators.Select(actuator => Read(actuator, now))]);

    private static DeviceCode Code(Actuator actuator) => actuator.Kind == ActuatorKind.Switch ? DeviceCode.Switch : DeviceCode.Opener;

    private static double? Target(ActuatorMachine machine, Write write)
    {
        var actuator = machine.Actuator;
        var range = actuator.Max - actuator.Min;
        var way = actuator.Travel > TimeSpan.Zero ? range * (write.Time / actuator.Travel.TotalSeconds) : range;
        return (actuator.Kind, write.Operation) switch
        {
            (ActuatorKind.Switch, Operation.Stop) => 0,
            (ActuatorKind.Switch, Operation.On or Operation.TimedOn) => 1,
            (ActuatorKind.Position, Operation.Stop) => machine.Measured,
            (ActuatorKind.Position, Operation.Open) => actuator.Max,
            (ActuatorKind.Position, Operation.Close) => actuator.Min,
            (ActuatorKind.Position, Operation.TimedOpen) => Math.Min(actuator.Max, machine.Measured + way),
            (ActuatorKind.Position, Operation.TimedClose) => Math.Max(actuator.Min, machine.Measured - way),
            (ActuatorKind.Position, Operation.SetPosition) => actuator.Min + (Math.Clamp(write.Position, 0, 100) / 100.0 * range),
            _ => null,
        };
    }

    private string? Take(Operation operation, Authority control, DateTimeOffset now)
    {
        if (operation != Operation.Control || !Enum.IsDefined(control))
        {
            return $"a node takes operation {(int)Operation.Control} with control 1, 2 or 3";
        }

        machine.Turn(control switch { Authority.Local => ControlMode.Local, Authority.Manual => ControlMode.Manual, _ => ControlMode.Remote }, now);
        return null;
    }

    private DeviceRegisters Read(ActuatorMachine machine, DateTimeOffset now)
    {
        var actuator = machine.Actuator;
        var status = StatusOf(machine);
        var (opId, id) = _last.GetValueOrDefault(actuator.Id);
        var isMine = status is not (Status.Ready or Status.SwitchUserControl or Status.OpenerUserControl) && machine.LastId == id;
        int? position = actuator.Kind == ActuatorKind.Switch ? null : (int)Math.Round(100 * (machine.Measured - actuator.Min) / (actuator.Max - actuator.Min));
        return new DeviceRegisters(actuator.Id, Code(actuator), isMine ? opId : 0, status, (uint)Math.Ceiling(machine.Remaining(now).TotalSeconds), position);
    }

    private Status StatusOf(ActuatorMachine actuator)
    {
        var isSwitch = actuator.Actuator.Kind == ActuatorKind.Switch;
        return machine.Mode != ControlMode.Remote ? (isSwitch ? Status.SwitchUserControl : Status.OpenerUserControl)
            : actuator.HasGivenUp ? Status.Error
            : isSwitch ? (actuator.Measured > actuator.Actuator.Min ? Status.On : Status.Ready)
            : actuator.IsThere ? Status.Ready
            : actuator.Target > actuator.Measured ? Status.Opening
            : Status.Closing;
    }

    /// <summary>The controller knows commands by id: one that no backend makes, since the version of its UUID is 8 (RFC 9562).</summary>
    private Guid Id(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, now.ToUnixTimeMilliseconds() << 16);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes[8..], ++_count);
        (bytes[6], bytes[8]) = (0x80, 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
