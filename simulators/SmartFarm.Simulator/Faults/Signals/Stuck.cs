namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Stuck(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "stuck",
        FaultPlace.Device,
        "Shows for ever what it showed first: no noise, no change.",
        settings => new Stuck(settings));

    private double? _shown;

    public override SignalStage Stage => SignalStage.Reading;

    public override double Apply(double value, in Moment moment) => _shown ??= value;
}
