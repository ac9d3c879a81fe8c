namespace SmartFarm.Simulator.Faults.Nodes;

internal sealed class Reboot(FaultSettings settings) : NodeFault(settings)
{
    public static readonly FaultKind Kind = new(
        "reboot",
        FaultPlace.Node,
        "Restarts: silent while it boots, then numbers from 1 and a clock of 1970 until it is set.",
        settings => new Reboot(settings),
        FaultParameter.Duration("boot", "20 s", "time to boot"),
        FaultParameter.Duration("sync", "0 s", "time after booting until its clock is set; as long as the window lasts"),
        FaultParameter.Duration("every", "0 s", "time from one restart to the next; 0: once"));

    private readonly TimeSpan _boot = settings.Duration("boot");
    private readonly TimeSpan _sync = settings.Duration("sync");
    private readonly TimeSpan _every = settings.Duration("every");

    public override void Apply(ref NodeCondition condition, DateTimeOffset now)
    {
        var since = now - Window.Start;
        since = _every > TimeSpan.Zero ? TimeSpan.FromTicks(since.Ticks % _every.Ticks) : since;
        if (since < _boot)
        {
            condition.HasPower = false;
        }
        else if (since < _boot + _sync)
        {
            condition.ClockError = DateTimeOffset.UnixEpoch + since - now;
        }
    }
}
