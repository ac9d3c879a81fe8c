namespace SmartFarm.Greenhouse.Weather.Forecasts;

/// <summary>What is expected of the weather, and how surely. Implementations are pure functions, and thread-safe.</summary>
public interface IForecast
{
    /// <summary>What a forecast expects.</summary>
    /// <param name="issued">When the forecast is made.</param>
    /// <param name="valid">For when; not before <paramref name="issued"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The forecast is for a time before it is made.</exception>
    Outlook At(DateTimeOffset issued, DateTimeOffset valid);

    /// <summary>One of the possible courses of the weather, all equally likely.</summary>
    /// <param name="issued">When the forecast is made.</param>
    /// <param name="valid">For when; not before <paramref name="issued"/>.</param>
    /// <param name="member">Number of the course, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The forecast is for a time before it is made.</exception>
    Outside Member(DateTimeOffset issued, DateTimeOffset valid, int member);
}

/// <summary>What is expected for one moment.</summary>
/// <param name="TemperatureC">Air temperature, °C.</param>
/// <param name="DewPointC">Dew point, °C.</param>
/// <param name="SolarRadiation">Mean of the hour around, W/m².</param>
/// <param name="WindSpeed">Mean wind, m/s.</param>
public readonly record struct Outlook(Expectation TemperatureC, Expectation DewPointC, Expectation SolarRadiation, Expectation WindSpeed);
