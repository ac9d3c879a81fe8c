using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.State;

namespace SmartFarm.Console.Api;

internal sealed record ActuatorsDto(DateTimeOffset Time, IReadOnlyList<ActuatorDto> Actuators);

/// <summary>An actuator now: kind is <c>position</c> or <c>switch</c>; its numbers are in its unit, which is null for a switch (0 or 1); state is an <see cref="ActuatorState"/>.</summary>
internal sealed record ActuatorDto(
    string Site,
    string Zone,
    string Actuator,
    string Kind,
    string? Unit,
    double Min,
    double Max,
    double? Target,
    double? Reported,
    DateTimeOffset? ReportedAt,
    string? Mode,
    string Source,
    string Held,
    string State)
{
    private const double Tolerance = 0.02;

    public static IReadOnlyList<ActuatorDto> Of(IReadOnlyList<ZoneView> zones, IReadOnlyList<CommandRecord> open)
    {
        var moving = open.Select(c => (c.Site, c.Zone, c.Command.Actuator)).ToHashSet();
        return [.. zones.SelectMany(zone => zone.Actuators.Select(a => Of(zone, a, moving.Contains((zone.Site, zone.Zone, a.Id)))))];
    }

    private static ActuatorDto Of(ZoneView zone, ActuatorView actuator, bool hasOpenCommand) => new(
        zone.Site,
        zone.Zone,
        actuator.Id,
        actuator.Kind == ActuatorKind.Switch ? "switch" : "position",
        actuator.Unit,
        actuator.Min,
        actuator.Max,
        Numbers.Finite(actuator.Target),
        Numbers.Finite(actuator.Reported),
        Numbers.Time(actuator.ReportedMs),
        actuator.Mode,
        actuator.Source,
        actuator.Held,
        Codes.Of(StateOf(actuator, hasOpenCommand)));

    internal static ActuatorState StateOf(ActuatorView actuator, bool hasOpenCommand) => actuator switch
    {
        { Reported: null } => ActuatorState.NotReported,
        { Mode: not (null or "remote") } => ActuatorState.NotRemote,
        { Target: null } => ActuatorState.Idle,
        _ when Math.Abs(actuator.Target.Value - actuator.Reported.Value) <= Tolerance * (actuator.Max - actuator.Min) => ActuatorState.InPlace,
        _ => hasOpenCommand ? ActuatorState.Moving : ActuatorState.OffTarget,
    };
}

/// <summary>What is wanted of an actuator against what its controller reports.</summary>
internal enum ActuatorState
{
    /// <summary>Its controller has not said where it is.</summary>
    NotReported,

    /// <summary>A person or the node itself is in charge; we send nothing.</summary>
    NotRemote,

    /// <summary>Nothing is wanted of it.</summary>
    Idle,

    /// <summary>Within 2 % of its range of where it should be.</summary>
    InPlace,

    /// <summary>Elsewhere, with a command under way.</summary>
    Moving,

    /// <summary>Elsewhere, with no command under way: somebody should look.</summary>
    OffTarget,
}
