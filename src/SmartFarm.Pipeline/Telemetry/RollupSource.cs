using SmartFarm.Pipeline.Rollup;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>What is summed up and what is let go of.</summary>
public sealed class RollupSource(RollupWorker rollups) : IWorkerSource
{
    /// <inheritdoc/>
    public IReadOnlyList<WorkerField> Fields { get; } =
    [
        new("rollup_windows", "{window}", FieldBehaviour.Counter, "Windows of a minute, a quarter and an hour that were made, or made anew for late values."),
        new("rollup_failing", "1", FieldBehaviour.Gauge, "1 while windows cannot be made, else 0."),
        new("rows_pruned", "{row}", FieldBehaviour.Counter, "Rows of the embedded store that were too old and went."),
    ];

    /// <inheritdoc/>
    public ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken)
    {
        tell("rollup_windows", rollups.Windows);
        tell("rollup_failing", rollups.Trouble is null ? 0 : 1);
        tell("rows_pruned", rollups.Pruned);
        return ValueTask.CompletedTask;
    }
}
