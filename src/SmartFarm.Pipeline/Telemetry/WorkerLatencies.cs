namespace SmartFarm.Pipeline.Telemetry;

/// <summary>How long things took since the worker started. Thread-safe.</summary>
public sealed class WorkerLatencies
{
    /// <summary>From the device's time of a live message (its arrival, when it carries none) until it is durable.</summary>
    public LatencyHistogram Durable { get; } = new();

    /// <summary>From being durable until the database has it; nothing is recorded with the embedded store, where both are the same.</summary>
    public LatencyHistogram Visible { get; } = new();

    /// <summary>One commit.</summary>
    public LatencyHistogram Commit { get; } = new();

    /// <summary>From the reading, or the end of the timer, that made a rule decide until the broker has the command. Without those held back.</summary>
    public LatencyHistogram Published { get; } = new();

    /// <summary>From the issue of a command until its controller says that it is done.</summary>
    public LatencyHistogram Confirmed { get; } = new();
}
