using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.InMemory;
using SmartFarm.Simulator.Scenarios;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>What happens to a site of a farm while rules control it in memory.</summary>
internal sealed record LoopStory
{
    /// <summary>The farm.</summary>
    public required Farm Farm { get; init; }

    /// <summary>The site of it that is played.</summary>
    public required Site Site { get; init; }

    /// <summary>When it begins.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long it lasts.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How far time goes at once.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Days that the houses live under a plain grower before it.</summary>
    public double DaysBefore { get; init; } = 3;

    /// <summary>Silence of the backend after which controllers go to their safe state.</summary>
    public TimeSpan DeadMan { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Whether controllers hear it when the backend goes away: the broker's last word for it. Else they notice by its silence.</summary>
    public bool IsDeathTold { get; init; } = true;

    /// <summary>How the houses are built.</summary>
    public HouseParameters House { get; init; } = new();

    /// <summary>A recorded year to live in; null: the weather is made.</summary>
    public IWeather? Recorded { get; init; }

    /// <summary>Weather of note on top of what the weather does by itself.</summary>
    public IReadOnlyList<WeatherEvent> Weather { get; init; } = [];

    /// <summary>What goes wrong in the field.</summary>
    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];

    /// <summary>What people do, and what happens to the backend.</summary>
    public IReadOnlyList<ScenarioEvent> Events { get; init; } = [];

    /// <summary>The story that a scenario tells, at the first site of its farm.</summary>
    public static LoopStory Of(Scenario scenario) => new()
    {
        Farm = scenario.Farm,
        Site = scenario.Farm.Sites[0],
        Start = scenario.Start,
        Duration = scenario.Duration,
        Step = scenario.Step,
        House = scenario.House,
        Recorded = scenario.Recorded,
        Weather = scenario.Weather,
        Faults = scenario.Faults,
        Events = scenario.Events,
    };

    /// <summary>The field of the story.</summary>
    /// <param name="seed">Same seed, same weather, houses and noise.</param>
    /// <exception cref="Simulator.SimulatorException">A fault befalls something that the farm has not.</exception>
    public MemoryField Field(long seed) => new(Farm, Site, new FieldOptions
    {
        Start = Start,
        Seed = seed,
        DaysBefore = DaysBefore,
        DeadMan = DeadMan,
        House = House with { RootZone = House.RootZone with { FeedEc = FeedOf(Site.Zones.Count > 0 ? Site.Zones[0].Crop : null) ?? House.RootZone.FeedEc } },
        Recorded = Recorded,
        Weather = Weather,
        Faults = Faults,
    });

    /// <summary>What the doser is set to, dS/m: the middle of what the shipped recipes ask for. Null for a crop without a recipe.</summary>
    private static double? FeedOf(string? crop) => crop switch
    {
        "tomato" or "pepper" => 2.7,
        "cucumber" => 2.1,
        "lettuce" => 1.25,
        "strawberry" => 1.0,
        "seedlings" => 1.3,
        _ => null,
    };
}
