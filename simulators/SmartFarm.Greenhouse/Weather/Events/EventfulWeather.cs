namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>Any weather with events on top. Pure and thread-safe.</summary>
/// <param name="weather">The weather without them.</param>
/// <param name="place">Where it is; its climate says how strong a record is.</param>
/// <param name="events">The events; one lies over the other in this order.</param>
public sealed class EventfulWeather(IWeather weather, Place place, IReadOnlyList<WeatherEvent> events) : IWeather
{
    private readonly WeatherEvent[] _events = [.. events];

    /// <inheritdoc/>
    public Outside At(DateTimeOffset time) => Apply(weather.At(time), _events, place, time);

    internal static Outside Apply(in Outside calm, WeatherEvent[] events, Place place, DateTimeOffset time)
    {
        var outside = calm;
        foreach (var one in events)
        {
            var hold = one.Hold(time);
            if (hold > 0)
            {
                outside = one.Over(outside, place, time, hold);
            }
        }

        return outside.RelativeHumidityPercent <= 100 ? outside : outside with { RelativeHumidityPercent = 100 };
    }
}
