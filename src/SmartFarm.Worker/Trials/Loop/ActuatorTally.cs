using SmartFarm.Domain.Farms;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>What an actuator does, as it really is. Not thread-safe.</summary>
internal sealed class ActuatorTally(Actuator actuator)
{
    private double _last = actuator.Safe;
    private bool _wasMoving;

    public Actuator Actuator => actuator;

    /// <summary>Times that a drive has set out, or a switch has been switched on.</summary>
    public int Movements { get; private set; }

    /// <summary>Hours on; of a drive, hours times its share of the range.</summary>
    public double Hours { get; private set; }

    public void Add(double position, double seconds)
    {
        var range = actuator.Max - actuator.Min;
        var isMoving = Math.Abs(position - _last) > 1e-3 * range;
        Movements += isMoving && !_wasMoving && (actuator.Kind == ActuatorKind.Position || position > _last) ? 1 : 0;
        _wasMoving = isMoving && actuator.Kind == ActuatorKind.Position;
        _last = isMoving ? position : _last;
        Hours += (position - actuator.Min) / range * seconds / 3600;
    }
}
