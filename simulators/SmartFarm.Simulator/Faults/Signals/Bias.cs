namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Bias(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "bias",
        FaultPlace.Device,
        "Shows the same too much, or too little, all the time.",
        settings => new Bias(settings),
        FaultParameter.Number("by", 2, -1e6, 1e6, "what is added, in the unit of the quantity"));

    private readonly double _by = settings.Number("by");

    public override SignalStage Stage => SignalStage.Amplifier;

    public override double Apply(double value, in Moment moment) => value + _by;
}
