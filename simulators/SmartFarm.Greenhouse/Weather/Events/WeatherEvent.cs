using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>Weather of note that comes over whatever weather there is, and goes again. Immutable.</summary>
/// <param name="start">When it begins to be felt.</param>
/// <param name="duration">How long until it is gone, above 0.</param>
/// <param name="strength">From 0, hardly worth a name, to 1, as strong as on record.</param>
public abstract class WeatherEvent(DateTimeOffset start, TimeSpan duration, double strength)
{
    /// <summary>When it begins to be felt.</summary>
    public DateTimeOffset Start => start;

    /// <summary>When it is gone.</summary>
    public DateTimeOffset End => start + duration;

    /// <summary>From 0 to 1.</summary>
    public double Strength => strength;

    /// <summary>Share of its duration over which it grows, and over which it dies down.</summary>
    protected virtual double Onset => 0.2;

    /// <summary>How far it holds at a moment, from 0 before and after to 1 in its middle; it comes and goes as a smooth step.</summary>
    public double Hold(DateTimeOffset time)
    {
        var share = (time - start) / duration;
        var near = Math.Clamp(Math.Min(share, 1 - share) / Onset, 0, 1);
        return near * near * (3 - (2 * near));
    }

    /// <summary>The air outside with the event in it. A pure function.</summary>
    /// <param name="calm">The air without it.</param>
    /// <param name="place">Where.</param>
    /// <param name="time">When.</param>
    /// <param name="hold">How far it holds, above 0 and up to 1.</param>
    public abstract Outside Over(in Outside calm, Place place, DateTimeOffset time, double hold);

    /// <summary>Warms or cools the air without adding water to it; what it can no longer hold is gone. The sky follows.</summary>
    protected static Outside WithTemperature(in Outside air, double temperatureC)
    {
        var water = Psychrometrics.VapourPressure(air.TemperatureC, air.RelativeHumidityPercent);
        return air with
        {
            TemperatureC = temperatureC,
            RelativeHumidityPercent = Math.Min(100, 100 * water / Psychrometrics.SaturationVapourPressure(temperatureC)),
            SkyTemperatureC = air.SkyTemperatureC + temperatureC - air.TemperatureC,
        };
    }

    /// <summary>A wind of at least a speed, with gusts.</summary>
    protected static Outside WithWind(in Outside air, double speed, double gustFactor) => speed <= air.WindSpeed
        ? air
        : air with { WindSpeed = speed, WindGust = Math.Max(air.WindGust, speed * gustFactor) };
}
