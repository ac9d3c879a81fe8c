using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class WrongUnit(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "wrong_unit",
        FaultPlace.Device,
        "Was set up for another unit and does not say so. Quantities that this unit does not measure are as before.",
        settings => new WrongUnit(settings),
        FaultParameter.UnitSymbol("unit", Units.Fahrenheit, "unit in which it sends"));

    private readonly Unit _unit = settings.Unit("unit");

    public override SignalStage Stage => SignalStage.Reading;

    public override double Apply(double value, in Moment moment) =>
        moment.Quantity.Unit.ConvertsTo(_unit) ? Math.Round(moment.Quantity.Unit.Convert(value, _unit), 6) : value;
}
