namespace SmartFarm.Simulator.Faults.Nodes;

internal sealed class WrongClock(FaultSettings settings) : NodeFault(settings)
{
    public static readonly FaultKind Kind = new(
        "wrong_clock",
        FaultPlace.Node,
        "Its clock is wrong: time stamps are, and a controller judges expiry by it.",
        settings => new WrongClock(settings),
        FaultParameter.Duration("by", "1 h", "how far it is ahead; negative: behind"),
        FaultParameter.Duration("per_day", "0 s", "how much more each day; negative: less"),
        FaultParameter.Moment("to", "what it is set to when the fault begins, instead of 'by'"));

    private readonly TimeSpan _by = settings.Moment("to") is { } to ? to - settings.Window.Start : settings.Duration("by");
    private readonly TimeSpan _perDay = settings.Duration("per_day");

    public override void Apply(ref NodeCondition condition, DateTimeOffset now) => condition.ClockError += _by + (_perDay * Days(now));
}
