using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

internal sealed class JammedAt(FaultSettings settings) : DriveFault(settings)
{
    public static readonly FaultKind Kind = new(
        "stuck_at",
        FaultPlace.Controller,
        "Is jammed at one place; the measured position says so.",
        settings => new JammedAt(settings),
        FaultParameter.Number("position", 0, -1e6, 1e6, "the place, in the unit of the actuator; 0 or 1 for a switch"));

    private readonly double _position = settings.Number("position");

    public override void Apply(ref DriveCondition condition) => condition.JammedAt = _position;
}
