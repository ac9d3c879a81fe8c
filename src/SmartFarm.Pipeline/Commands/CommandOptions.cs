namespace SmartFarm.Pipeline.Commands;

/// <summary>Times of the command desk.</summary>
public sealed record CommandOptions
{
    /// <summary>How long a command may wait to be acted on. After it, it must not act.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its expiry (and, once accepted, after the travel time) we wait for the last word.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A command that the controller has not answered is handed over again after this time, with the same id, while it lives.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Commands to one actuator that may follow each other at once. Practice moves a vent once a minute at most.</summary>
    public int ActuatorBurst { get; init; } = 10;

    /// <summary>Time after which one more command to an actuator is allowed again.</summary>
    public TimeSpan ActuatorRefill { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Commands per actuator of a site that all of them together may be given at once, and within each minute; a small site may have 60.</summary>
    public int SiteBurst { get; init; } = 2;

    /// <summary>Wait before the same target is asked for again after it was not reached; doubles each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait between two such tries.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between heartbeats on the backend's status topic.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The state of every actuator is stored on change, and at least this often.</summary>
    public TimeSpan StateInterval { get; init; } = TimeSpan.FromMinutes(5);
}
