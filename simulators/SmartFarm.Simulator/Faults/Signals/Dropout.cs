namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Dropout(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "dropout",
        FaultPlace.Device,
        "Has no value now and then, and says so.",
        settings => new Dropout(settings),
        FaultParameter.Number("share", 1, 0, 1, "share of the readings"));

    private readonly double _share = settings.Number("share");

    public override SignalStage Stage => SignalStage.Reading;

    public override double Apply(double value, in Moment moment) => Happens(_share) ? double.NaN : value;
}
