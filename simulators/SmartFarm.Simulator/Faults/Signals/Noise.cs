using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class Noise(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "noise",
        FaultPlace.Device,
        "Trembles: a bad contact, a motor nearby.",
        settings => new Noise(settings),
        FaultParameter.Number("sd", 2, 0, 1e6, "standard deviation, in the unit of the quantity"));

    private readonly double _sd = settings.Number("sd");

    public override SignalStage Stage => SignalStage.Amplifier;

    public override double Apply(double value, in Moment moment) => value + (_sd * Chance.Normal(Random));
}
