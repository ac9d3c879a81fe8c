namespace SmartFarm.Simulator.LockStep;

/// <summary>Keeps simulated time from running faster than wanted. Steps that took too long are made up for, as far as a minute.</summary>
/// <param name="speed">Seconds of simulated time per second; infinity: as fast as it goes.</param>
/// <param name="wall">The wall clock.</param>
public sealed class Pacer(double speed, TimeProvider wall)
{
    private static readonly TimeSpan MostToMakeUp = TimeSpan.FromMinutes(1);
    private long _began = wall.GetTimestamp();
    private TimeSpan _due;

    /// <summary>Waits until a step that was just made may be over.</summary>
    public async Task StepAsync(TimeSpan step, CancellationToken cancellationToken)
    {
        if (double.IsInfinity(speed))
        {
            return;
        }

        _due += step / speed;
        var early = _due - wall.GetElapsedTime(_began);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, wall, cancellationToken);
        }
        else if (early < -MostToMakeUp)
        {
            (_began, _due) = (wall.GetTimestamp(), TimeSpan.Zero);
        }
    }
}
