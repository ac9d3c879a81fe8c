using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Instruments;

namespace SmartFarm.Simulator.Faults.Signals;

internal sealed class RadiationError(FaultSettings settings) : SignalFault(settings)
{
    public static readonly FaultKind Kind = new(
        "radiation_error",
        FaultPlace.Device,
        "The fan of the sensor's shield has failed: too warm, and so too dry, when the sun shines. Other quantities are as before.",
        settings => new RadiationError(settings),
        FaultParameter.Number("air_speed", 0.3, 0.2, 20, "speed of the air around a sensor in a house, m/s; outside the wind counts"),
        FaultParameter.Number("factor", 1, 0, 20, "how much worse than a white plate shield it is"));

    private readonly double _airSpeed = settings.Number("air_speed");
    private readonly double _factor = settings.Number("factor");

    public override SignalStage Stage => SignalStage.Element;

    public override double Apply(double value, in Moment moment)
    {
        var scene = moment.Scene;
        var tooWarm = _factor * RadiationShield.TooWarm(scene.SolarRadiation, scene.TemperatureC, scene.House is null ? scene.Outside.WindSpeed : _airSpeed);
        return moment.Quantity == Quantities.AirTemperature ? value + tooWarm
            : moment.Quantity == Quantities.RelativeHumidity ? RadiationShield.RelativeHumidity(value, scene.TemperatureC, tooWarm)
            : value;
    }
}
