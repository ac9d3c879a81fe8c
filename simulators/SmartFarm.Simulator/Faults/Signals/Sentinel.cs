namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Sentinel(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "sentinel",
        FaultPlace.Device,
        "Shows the number by which its firmware means 'no value': -127 and 85 °C of a DS18B20, 327.67 of a probe that is not there.",
        settings => new Sentinel(settings),
        FaultParameter.Number("value", -127, -1e9, 1e9, "the number"),
        FaultParameter.Number("share", 1, 0, 1, "share of the readings"));

    private readonly double _value = settings.Number("value");
    private readonly double _share = settings.Number("share");

    public override SignalStage Stage => SignalStage.Reading;

    public override double Apply(double value, in Moment moment) => Happens(_share) ? _value : value;
}
