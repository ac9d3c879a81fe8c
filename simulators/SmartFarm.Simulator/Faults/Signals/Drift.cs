namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Drift(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "drift",
        FaultPlace.Device,
        "Goes wrong a little more every day.",
        settings => new Drift(settings),
        FaultParameter.Number("per_day", 0.2, -1e6, 1e6, "what is added each day, in the unit of the quantity"));

    private readonly double _perDay = settings.Number("per_day");

    public override SignalStage Stage => SignalStage.Amplifier;

    public override double Apply(double value, in Moment moment) => value + (_perDay * Days(moment.Now));
}
