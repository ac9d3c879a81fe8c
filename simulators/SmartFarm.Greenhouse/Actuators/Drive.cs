namespace SmartFarm.Greenhouse.Actuators;

/// <summary>
/// A motor that takes its time. Three positions: the motor's, that of its load (which acts on the house), and the measured one (which the
/// controller knows, and steers by). The motor starts when the target is farther than the dead band, or an end of the range; runs at
/// constant speed; and stops at the target or at the end. Steps may have any length. Not thread-safe.
/// </summary>
/// <remarks>
/// Play is the backlash operator; sticking follows the shape of He, Wang, Pottmann and Qin (2007), A curve fitting method for detecting
/// valve stiction in oscillating control loops, Ind. Eng. Chem. Res. 46, 4549-4560: a band to break loose, then sliding until the motor rests.
/// </remarks>
/// <param name="parameters">How it was built.</param>
/// <param name="position">Where it stands at first.</param>
public sealed class Drive(DriveParameters parameters, double position)
{
    /// <summary>Differences below this share of the range are none: they come from rounding.</summary>
    private const double Nothing = 1e-9;

    private readonly double _min = parameters.Min;
    private readonly double _max = parameters.Max;
    private readonly double _nothing = Nothing * (parameters.Max - parameters.Min);
    private readonly bool _isSwitch = parameters.Travel <= TimeSpan.Zero;
    private double _motor = position;
    private int _direction;
    private bool _isSliding;

    /// <summary>Where the load stands: what acts on the house.</summary>
    public double Position { get; private set; } = position;

    /// <summary>Where the controller believes it to stand.</summary>
    public double Measured { get; private set; } = position;

    /// <summary>Whether the controller was content at the end of the last step, and the motor off.</summary>
    public bool IsAtRest { get; private set; } = true;

    /// <summary>Lets time pass with a target.</summary>
    public void Move(double target, TimeSpan elapsed, in DriveCondition condition)
    {
        target = Math.Clamp(target, _min, _max);
        if (condition.JammedAt is { } place)
        {
            _motor = Position = Math.Clamp(place, _min, _max);
        }

        var goal = target == _min || target == _max ? target : Math.Clamp(target - condition.PositionError, _min, _max);
        _motor = Math.Abs(goal - _motor) <= _nothing ? goal : _motor;
        var way = condition.HasNoFeedback ? target - Measured : goal - _motor;
        var isExact = !IsAtRest || goal == _min || goal == _max;
        IsAtRest = Math.Abs(way) <= (isExact ? 0 : parameters.DeadBand + condition.DeadBand + _nothing);
        if (!IsAtRest)
        {
            Run(goal, way, elapsed, condition);
            IsAtRest = _motor == goal && !condition.HasNoFeedback;
        }

        Pull(condition);
        Measured = condition.HasNoFeedback ? Measured : _motor == goal ? target : Measure(condition.PositionError);
    }

    private void Run(double goal, double way, TimeSpan elapsed, in DriveCondition condition)
    {
        var direction = Math.Sign(way) * (condition.IsReversed ? -1 : 1);
        _isSliding &= direction == _direction;
        _direction = direction;
        var isHeld = condition.Speed <= 0 || condition.JammedAt is not null || (condition.HasNoPower && !_isSwitch);
        var reach = isHeld ? 0 : _isSwitch ? _max - _min : (_max - _min) * (elapsed / parameters.Travel) * condition.Speed;
        var arrives = !condition.IsReversed && !condition.HasNoFeedback && Math.Abs(way) <= reach + _nothing;
        _motor = arrives ? goal : WithinRange(_motor + (direction * reach));
    }

    private void Pull(in DriveCondition condition)
    {
        if (_isSwitch)
        {
            Position = condition.HasNoPower ? _min : condition.IsWelded ? Math.Max(Position, _motor) : _motor;
            return;
        }

        // At its ends the load is pressed home: there is no play.
        var play = _motor == _min || _motor == _max ? 0 : (parameters.Backlash + condition.Backlash) / 2;
        var pulled = Math.Clamp(Position, _motor - play, _motor + play);
        _isSliding |= Math.Abs(pulled - Position) >= condition.Stiction - _nothing;
        Position = _isSliding ? pulled : Position;
        _isSliding &= !IsAtRest;
    }

    private double WithinRange(double place) => place <= _min + _nothing ? _min : place >= _max - _nothing ? _max : place;

    private double Measure(double error) => _motor == _min || _motor == _max ? _motor : Math.Clamp(_motor + error, _min, _max);
}
