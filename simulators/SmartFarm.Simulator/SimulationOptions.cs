using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator;

/// <summary>How a farm is simulated.</summary>
public sealed record SimulationOptions
{
    /// <summary>Same seed, same weather, houses and sensor noise.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Seconds of weather, house and motors per second, above 0. What goes over the wire keeps to the wall clock: time stamps, intervals,
    /// expiries, durations and the dead-man's time.
    /// </summary>
    public double Speed { get; init; } = 1;

    /// <summary>Time of the simulated world less the wall clock's at the start: another season, another hour.</summary>
    public TimeSpan WorldOffset { get; init; }

    /// <summary>The weather of all sites; null: each has one of its own, made for its place.</summary>
    internal IWeather? Recorded { get; init; }

    /// <summary>
    /// History made before the start: the world begins this much earlier, and devices report it, with its own time stamps, as fast as the
    /// broker takes it. Nobody commands anything then.
    /// </summary>
    public TimeSpan Past { get; init; }

    /// <summary>How the houses are built; no two are quite alike.</summary>
    public HouseParameters House { get; init; } = new();

    /// <summary>Weather of note on top of what the weather does by itself.</summary>
    public IReadOnlyList<WeatherEvent> Weather { get; init; } = [];

    /// <summary>Whether the farm is led step by step by a <see cref="LockStep.LockStepRun"/>, together with the worker; the speed is then 1.</summary>
    public bool IsStepped { get; init; }

    /// <summary>First level of the topics.</summary>
    public string Root { get; init; } = "farm";

    /// <summary>Silence of the backend after which a controller goes to its safe state.</summary>
    public TimeSpan DeadMan { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How often the world moves on and devices are looked after; also the shortest interval a device can keep.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time between two state reports of a controller.</summary>
    public TimeSpan StateEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Messages that one device keeps while the broker is away; past this the oldest are lost, and counted.</summary>
    public int Outbox { get; init; } = 1000;

    /// <summary>Whether controllers also speak the vocabulary of KS X 3267: registers to read and to write, on topics of their own.</summary>
    public bool KsX3267 { get; init; }

    /// <summary>What goes wrong, and when.</summary>
    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];
}

/// <summary>What a simulated farm has counted.</summary>
/// <param name="Nodes">Devices and controllers.</param>
/// <param name="Connected">Of these, connected now.</param>
/// <param name="Acknowledged">Messages that the broker has acknowledged.</param>
/// <param name="Lost">Messages given up because an outbox was full or the broker refused them.</param>
/// <param name="Commands">Commands received, readable ones.</param>
/// <param name="BadCommands">Messages on command topics that are no command.</param>
/// <param name="Swallowed">Messages that a simulated fault has lost, as it should.</param>
public readonly record struct SimulationCounts(int Nodes, int Connected, long Acknowledged, long Lost, long Commands, long BadCommands, long Swallowed);
