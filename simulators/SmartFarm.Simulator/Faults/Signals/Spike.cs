namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Spike(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "spike",
        FaultPlace.Device,
        "Now and then one reading is far off, up or down.",
        settings => new Spike(settings),
        FaultParameter.Number("share", 0.02, 0, 1, "share of the readings"),
        FaultParameter.Number("height", 30, -1e9, 1e9, "how far off, in the unit of the quantity"));

    private readonly double _share = settings.Number("share");
    private readonly double _height = settings.Number("height");

    public override SignalStage Stage => SignalStage.Reading;

    public override double Apply(double value, in Moment moment) => Happens(_share) ? value + (Happens(0.5) ? _height : -_height) : value;
}
