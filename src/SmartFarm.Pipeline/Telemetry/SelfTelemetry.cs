using Microsoft.Extensions.Hosting;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>Stores the worker's own counters every ten seconds, so that dashboards show the worker too.</summary>
public sealed class SelfTelemetry(WorkerMetrics metrics, StoreRunner store, SeriesCatalog catalog, WorkerIdentity identity, TimeProvider clock, ISpool? spool = null)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var series = catalog.Get(Schema.Worker, ("host", identity.Host), ("instance", identity.Instance));
        var start = clock.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // :: 12
            var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var fields = Fields(clock.GetElapsedTime(start));
            await AddSpoolAsync(fields, nowMs, stoppingToken);

            store.Add((series, nowMs, fields), static (batch, x) =>
            {
                foreach (var (name, value) in x.fields)
                {
                    batch.Add(Point.Of(x.series, name, value, x.nowMs));
                }
            });
        }
    }

    /// <summary>A statistic that cannot be read is left out this time: it must not stop what it describes.</summary>
    private async ValueTask AddSpoolAsync(List<(string Name, double Value)> fields, long nowMs, CancellationToken cancellationToken)
    {
        if (spool is null)
        {
            return;
        }

        try
        {
            var depth = await spool.DepthAsync(cancellationToken);
            fields.Add(("spool_chunks", depth.Chunks));
            fields.Add(("spool_bytes", depth.Bytes));
            fields.Add(("spool_oldest_s", depth.OldestMs is { } oldest ? Math.Max(0, nowMs - oldest) / 1000.0 : 0));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            metrics.Fault();
        }
    }

    private List<(string Name, double Value)> Fields(TimeSpan uptime) =>
    [
        ("messages_received", metrics.MessagesReceived),
        ("readings_received", metrics.ReadingsReceived),
        ("readings_stored", metrics.ReadingsStored),
        ("readings_duplicate", metrics.ReadingsDuplicate),
        ("readings_quarantined", metrics.ReadingsQuarantined),
        ("readings_late", metrics.ReadingsLate),
        ("readings_flagged", metrics.ReadingsFlagged),
        ("commits", metrics.Commits),
        ("commit_failures", metrics.CommitFailures),
        ("commit_ms", metrics.LastCommitMs),
        ("forward_failures", metrics.ForwardFailures),
        ("points_forwarded", metrics.PointsForwarded),
        ("open_receipts", metrics.OpenReceipts),
        ("decisions", metrics.Decisions),
        ("commands_issued", metrics.CommandsIssued),
        ("commands_held", metrics.CommandsHeld),
        ("faults", metrics.Faults),
        ("uptime_s", uptime.TotalSeconds),
        ("memory_bytes", Environment.WorkingSet),
        ("allocated_bytes", GC.GetTotalAllocatedBytes()),
    ];
}

/// <summary>Which worker this is.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="Instance">Which worker on it.</param>
public sealed record WorkerIdentity(string Host, string Instance);
