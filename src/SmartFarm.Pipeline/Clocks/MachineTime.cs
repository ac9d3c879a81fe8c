namespace SmartFarm.Pipeline.Clocks;

/// <summary>
/// The time of the machine, for pauses that spare a disk or a server. It is the time of the farm, unless that is told in steps by a
/// simulation: then a pause that followed it would last until the next step.
/// </summary>
/// <param name="Provider">The clock that such pauses follow.</param>
/// <param name="Gathers">Whether it is worth waiting for more work to come: not where a step waits for what was done with the last one.</param>
public sealed record MachineTime(TimeProvider Provider, bool Gathers)
{
    /// <summary>The machine's time is the farm's.</summary>
    public static MachineTime Of(TimeProvider farm) => new(farm, Gathers: true);

    /// <summary>Waits so that more work comes together; not at all where that is not worth it.</summary>
    public Task GatherAsync(TimeSpan pause, CancellationToken cancellationToken) => Gathers ? Task.Delay(pause, Provider, cancellationToken) : Task.CompletedTask;
}
