namespace SmartFarm.Greenhouse.Calibration;

/// <summary>One moment of a farm's recorded history.</summary>
/// <param name="Time">When.</param>
/// <param name="Inputs">What acted on the house from then to the next row.</param>
/// <param name="TemperatureC">Air temperature measured inside, °C; null where it is missing.</param>
/// <param name="RelativeHumidityPercent">Relative humidity measured inside, %; null where it is missing.</param>
public readonly record struct HistoryRow(DateTimeOffset Time, HouseInputs Inputs, double? TemperatureC, double? RelativeHumidityPercent)
{
    /// <summary>The measured state, where both values are there.</summary>
    public SimpleState? Measured => TemperatureC is { } t && RelativeHumidityPercent is { } rh ? SimpleState.Of(t, rh) : null;
}
