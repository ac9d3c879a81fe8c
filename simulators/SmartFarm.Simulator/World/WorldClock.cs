namespace SmartFarm.Simulator.World;

/// <summary>
/// Time in the simulated world: weather, house and motors. It may run faster than the wall clock and at another season; what goes over
/// the wire (time stamps, intervals, expiries) keeps to the wall clock, as the backend does.
/// </summary>
/// <param name="Start">Wall time at which the world began.</param>
/// <param name="Speed">Seconds of the world per second.</param>
/// <param name="Offset">World time less wall time at the start.</param>
internal sealed record WorldClock(DateTimeOffset Start, double Speed, TimeSpan Offset)
{
    public DateTimeOffset At(DateTimeOffset wall) => Start + Offset + ((wall - Start) * Speed);
}
