namespace SmartFarm.Greenhouse.Actuators;

/// <summary>A motor that takes its time: the position moves at a constant speed towards the target. A switch is a drive without travel.</summary>
/// <param name="Min">One end of its range.</param>
/// <param name="Max">The other end.</param>
/// <param name="Travel">Time of a full stroke; zero when it acts at once.</param>
public readonly record struct Drive(double Min, double Max, TimeSpan Travel)
{
    /// <summary>Where it is after a time, never beyond its range or its target.</summary>
    public double Move(double position, double target, TimeSpan elapsed)
    {
        target = Math.Clamp(target, Min, Max);
        if (Travel <= TimeSpan.Zero)
        {
            return target;
        }

        var reach = (Max - Min) * (elapsed / Travel);
        return Math.Abs(target - position) <= reach ? target : position + (Math.Sign(target - position) * reach);
    }
}
