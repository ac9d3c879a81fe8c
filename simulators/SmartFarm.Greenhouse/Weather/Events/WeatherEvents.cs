namespace SmartFarm.Greenhouse.Weather.Events;

/// <summary>The kinds of events there are.</summary>
public static class WeatherEvents
{
    /// <summary>All kinds. Chance draws them in this order, and in this order they lie over each other; new ones go to the end.</summary>
    public static IReadOnlyList<WeatherEventKind> Kinds { get; } =
    [
        HeatWave.Kind,
        ColdSpell.Kind,
        SpringFrost.Kind,
        WindStorm.Kind,
        DustStorm.Kind,
        Downpour.Kind,
        BrokenClouds.Kind,
        Gloom.Kind,
    ];

    /// <summary>Makes an event of a kind.</summary>
    /// <param name="kind">Name of the kind.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="duration">How long it takes, above 0.</param>
    /// <param name="strength">From 0 to 1.</param>
    /// <exception cref="ArgumentException">No such kind, or a duration or strength outside its range; the message says which.</exception>
    public static WeatherEvent Create(string kind, DateTimeOffset start, TimeSpan duration, double strength)
    {
        var found = Kinds.FirstOrDefault(k => k.Name == kind)
            ?? throw new ArgumentException($"There is no weather event '{kind}'; there are {string.Join(", ", Kinds.Select(k => k.Name))}.", nameof(kind));
        return duration <= TimeSpan.Zero ? throw new ArgumentException($"The weather event '{kind}' lasts {duration}; give a duration above 0.", nameof(duration))
            : strength is >= 0 and <= 1 ? found.Create(start, duration, strength)
            : throw new ArgumentException($"The weather event '{kind}' has the strength {strength}; give one from 0 to 1.", nameof(strength));
    }
}
