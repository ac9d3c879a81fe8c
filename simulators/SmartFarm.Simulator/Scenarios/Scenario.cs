using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>A story that happens to a farm, and what is expected of the backend in it.</summary>
public sealed record Scenario
{
    /// <summary>Its name: that of its file.</summary>
    public required string Name { get; init; }

    /// <summary>What happens, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What happens and why it matters, for a person.</summary>
    public required string Story { get; init; }

    /// <summary>Folder with <c>farm.yaml</c> and <c>rules/</c>: devices, controllers, and the rules that the worker is to use.</summary>
    public required string FarmFolder { get; init; }

    /// <summary>The farm of that folder.</summary>
    public required Farm Farm { get; init; }

    /// <summary>When it begins.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long it lasts.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How far time goes at once.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Same seed, same weather and noise.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How the houses are built.</summary>
    public HouseParameters House { get; init; } = new();

    /// <summary>A recorded year to live in; null: the weather is made.</summary>
    public IWeather? Recorded { get; init; }

    /// <summary>Weather of note on top of what the weather does by itself.</summary>
    public IReadOnlyList<WeatherEvent> Weather { get; init; } = [];

    /// <summary>What goes wrong in the field.</summary>
    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];

    /// <summary>What people do, and what happens to the servers.</summary>
    public IReadOnlyList<ScenarioEvent> Events { get; init; } = [];

    /// <summary>What is expected of the backend.</summary>
    public IReadOnlyList<Expectations.Expectation> Expectations { get; init; } = [];
}
