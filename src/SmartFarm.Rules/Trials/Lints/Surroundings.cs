using SmartFarm.Agronomy;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>A still world around the rules of a zone: one air temperature, everything else as on an ordinary dry day.</summary>
/// <param name="TemperatureC">Air temperature inside, °C.</param>
/// <param name="IsDay">Whether the sun shines.</param>
internal readonly record struct Surroundings(double TemperatureC, bool IsDay)
{
    private const double RelativeHumidity = 65;

    /// <summary>What a signal shows; NaN when nothing is known of it.</summary>
    public double Of(Signal signal) => signal.Name switch
    {
        "air_temperature" => signal.Scope == SignalScope.Site ? TemperatureC - 5 : TemperatureC,
        "leaf_temperature" or "soil_temperature" or "water_temperature" => TemperatureC,
        "pipe_temperature" => TemperatureC + 10,
        "relative_humidity" => RelativeHumidity,
        "vpd" => Psychrometrics.Vpd(TemperatureC, RelativeHumidity),
        "dew_point" => Psychrometrics.DewPoint(TemperatureC, RelativeHumidity),
        "absolute_humidity" => Psychrometrics.AbsoluteHumidity(TemperatureC, RelativeHumidity),
        "co2" => 450,
        "solar_radiation" => IsDay ? 400 : 0,
        "ppfd" => IsDay ? 500 : 0,
        "wind_speed" or "wind_gust" => 2,
        "wind_direction" => 180,
        "soil_moisture" or "water_level" => 60,
        "substrate_ec" => 2.5,
        "ph" => 5.8,
        "rain_rate" or "leaf_wetness" or "water_flow" => 0,
        _ => double.NaN,
    };
}
