namespace SmartFarm.Greenhouse.Weather;

/// <summary>Where the house gets its weather from. Implementations are pure functions of time, and thread-safe.</summary>
public interface IWeather
{
    /// <summary>The air outside at a moment.</summary>
    Outside At(DateTimeOffset time);
}
