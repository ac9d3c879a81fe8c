namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Ageing(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "ageing",
        FaultPlace.Device,
        "Loses sensitivity: shows an ever smaller share of what there is.",
        settings => new Ageing(settings),
        FaultParameter.Number("per_day", 0.5, 0, 100, "share lost each day, %, of what is left"));

    private readonly double _kept = 1 - (settings.Number("per_day") / 100);

    public override SignalStage Stage => SignalStage.Amplifier;

    public override double Apply(double value, in Moment moment) => value * Math.Pow(_kept, Days(moment.Now));
}
