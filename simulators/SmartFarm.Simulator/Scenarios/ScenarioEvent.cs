using SmartFarm.Domain.Commands;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>Something that people do, or that happens to a server, at a time of a scenario.</summary>
/// <param name="At">How long after the start.</param>
public abstract record ScenarioEvent(TimeSpan At)
{
    /// <summary>Somebody turns the key at a controller.</summary>
    /// <param name="At">How long after the start.</param>
    /// <param name="Site">Its site.</param>
    /// <param name="Controller">The controller.</param>
    /// <param name="Mode">Where the key is turned to.</param>
    public sealed record KeyTurned(TimeSpan At, string Site, string Controller, ControlMode Mode) : ScenarioEvent(At);

    /// <summary>A server goes down, or is started again.</summary>
    /// <param name="At">How long after the start.</param>
    /// <param name="Server">Which.</param>
    /// <param name="IsUp">Whether it is started.</param>
    public sealed record ServerMoved(TimeSpan At, Server Server, bool IsUp) : ScenarioEvent(At);
}

/// <summary>A server that a scenario can take away.</summary>
public enum Server
{
    /// <summary>The MQTT broker.</summary>
    Broker,

    /// <summary>The worker: stopped in order, so that it says <c>offline</c> and commits what it has.</summary>
    Worker,
}

/// <summary>The servers around a simulated farm, for scenarios that take one away. Members complete when it is done.</summary>
public interface IServers
{
    /// <summary>Takes a server away.</summary>
    Task StopAsync(Server server, CancellationToken cancellationToken);

    /// <summary>Starts it again with all that it had on disk; for the worker the time is then that of the simulation.</summary>
    Task StartAsync(Server server, CancellationToken cancellationToken);

    /// <summary>While no word of the clock can be told because a server is away: moves the worker on to a time, if it is there.</summary>
    Task FollowAloneAsync(DateTimeOffset time, CancellationToken cancellationToken);
}
