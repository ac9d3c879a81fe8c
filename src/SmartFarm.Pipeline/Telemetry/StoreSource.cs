using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>What waits on its way to the database.</summary>
public sealed class StoreSource(StoreRunner store, TimeProvider clock, ISpool? spool = null) : IWorkerSource
{
    /// <inheritdoc/>
    public IReadOnlyList<WorkerField> Fields { get; } =
    [
        new("open_points", "{value}", FieldBehaviour.Gauge, "Values that wait for the next commit."),
        new("open_bytes", "By", FieldBehaviour.Gauge, "Bytes of refused messages that wait for the next commit."),
        new("open_oldest_s", "s", FieldBehaviour.Gauge, "How long the oldest message that is not yet durable has waited; when it grows, nothing is acknowledged."),
        new("spool_chunks", "{commit}", FieldBehaviour.Gauge, "Commits that wait in the spool for the database."),
        new("spool_bytes", "By", FieldBehaviour.Gauge, "Bytes that wait in the spool for the database."),
        new("spool_oldest_s", "s", FieldBehaviour.Gauge, "Age of the oldest that waits in the spool, by the wall clock."),
    ];

    /// <inheritdoc/>
    public async ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken)
    {
        var (points, bytes, oldest) = store.Depth();
        tell("open_points", points);
        tell("open_bytes", bytes);
        tell("open_oldest_s", oldest.TotalSeconds);
        if (spool is not null)
        {
            var depth = await spool.DepthAsync(cancellationToken);
            tell("spool_chunks", depth.Chunks);
            tell("spool_bytes", depth.Bytes);
            tell("spool_oldest_s", depth.OldestMs is { } ms ? Math.Max(0, (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(ms)).TotalSeconds) : 0);
        }
    }
}
