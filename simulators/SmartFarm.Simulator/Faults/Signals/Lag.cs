using SmartFarm.Greenhouse.Instruments;

namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Lag(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "lag",
        FaultPlace.Device,
        "Follows slowly: a clogged filter, a probe in a thick tube.",
        settings => new Lag(settings),
        FaultParameter.Duration("time", "15 min", "time after which 63 % of a change are shown"));

    private readonly FirstOrderLag _lag = new(settings.Duration("time").TotalSeconds);
    private DateTimeOffset _last = settings.Window.Start;

    public override SignalStage Stage => SignalStage.Element;

    public override double Apply(double value, in Moment moment)
    {
        var elapsed = moment.Now - _last;
        _last = moment.Now;
        return _lag.Follow(value, elapsed.TotalSeconds);
    }
}
