using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator.InMemory;

/// <summary>How a field in memory is made. The same options give the same field, to the last digit.</summary>
public sealed record FieldOptions
{
    /// <summary>When its life begins.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Same seed, same weather, houses and noise.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How the houses are built; no two are quite alike.</summary>
    public HouseParameters House { get; init; } = new();

    /// <summary>Days that the houses live under a plain grower before the start: soil and crop forget how they began.</summary>
    public double DaysBefore { get; init; } = 3;

    /// <summary>The weather; null: it is made for the place.</summary>
    public IWeather? Recorded { get; init; }

    /// <summary>Weather of note on top.</summary>
    public IReadOnlyList<WeatherEvent> Weather { get; init; } = [];

    /// <summary>What goes wrong.</summary>
    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];

    /// <summary>Silence of the backend after which a controller goes to its safe state.</summary>
    public TimeSpan DeadMan { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Longest time between two state reports of a controller.</summary>
    public TimeSpan StateEvery { get; init; } = TimeSpan.FromSeconds(60);
}
