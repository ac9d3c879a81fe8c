namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class StuckAt(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "stuck_at",
        FaultPlace.Device,
        "Shows one value for ever: a cable cut or shorted, an input at its end.",
        settings => new StuckAt(settings),
        FaultParameter.Number("value", 0, -1e9, 1e9, "what it shows, in the unit of the quantity"));

    private readonly double _value = settings.Number("value");

    public override SignalStage Stage => SignalStage.Reading;

    public override double Apply(double value, in Moment moment) => _value;
}
