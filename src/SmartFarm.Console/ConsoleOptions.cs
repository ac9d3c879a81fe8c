namespace SmartFarm.Console;

/// <summary>What the console is told by its host.</summary>
public sealed record ConsoleOptions
{
    /// <summary>Name of the farm, as the page's title. May be any text: it is escaped.</summary>
    public string Title { get; init; } = "SmartFarm";

    /// <summary>Most browsers that may hold a live stream at once; the next one is answered 503 and tries again.</summary>
    public int MaxLiveClients { get; init; } = 64;

    /// <summary>How many of the newest commands a live picture holds.</summary>
    public int RecentCommands { get; init; } = 12;

    /// <summary>Shortest time between two live pictures.</summary>
    public TimeSpan LiveInterval { get; init; } = TimeSpan.FromSeconds(1);
}
