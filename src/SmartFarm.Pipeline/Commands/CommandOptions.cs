namespace SmartFarm.Pipeline.Commands;

/// <summary>Times of the command desk.</summary>
public sealed record CommandOptions
{
    /// <summary>How long a command may wait to be acted on. After it, it must not act.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its expiry (and, once accepted, after the travel time) we wait for the last word.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the same target is asked for again after it was not reached; doubles each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait between two such tries.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between heartbeats on the backend's status topic.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The state of every actuator is stored on change, and at least this often.</summary>
    public TimeSpan StateInterval { get; init; } = TimeSpan.FromMinutes(5);
}
