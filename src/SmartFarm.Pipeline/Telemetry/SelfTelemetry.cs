using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>Asks every source for its numbers each ten seconds and stores them, so that dashboards show the worker too.</summary>
public sealed class SelfTelemetry(
    IEnumerable<IWorkerSource> sources, WorkerMetrics metrics, StoreRunner store, SeriesCatalog catalog, WorkerIdentity identity, SteadyClock steady, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, double> _last = new(StringComparer.Ordinal);

    /// <summary>The numbers told last, by field. Thread-safe.</summary>
    public IReadOnlyDictionary<string, double> Last => _last;

    /// <summary>Every number that may be told.</summary>
    public IReadOnlyList<WorkerField> Fields { get; } = [.. sources.SelectMany(s => s.Fields)];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var series = catalog.Get(Schema.Worker, ("host", identity.Host), ("instance", identity.Instance));
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // :: 12
            var fields = await ReadAsync(stoppingToken);
            store.AddOwn((series, steady.Now().WallMs, fields), static (batch, x) =>
            {
                foreach (var (name, value) in x.fields)
                {
                    batch.Add(Point.Of(x.series, name, value, x.WallMs));
                }
            });
        }
    }

    /// <summary>A source that cannot be read is left out this time: it must not stop what it describes.</summary>
    internal async ValueTask<List<(string Name, double Value)>> ReadAsync(CancellationToken cancellationToken)
    {
        var fields = new List<(string Name, double Value)>(Fields.Count);
        foreach (var source in sources)
        {
            try
            {
                await source.ReadAsync((name, value) => fields.Add((name, value)), cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                metrics.Fault();
            }
        }

        _last.Clear();
        foreach (var (name, value) in fields)
        {
            _last[name] = value;
        }

        return fields;
    }
}

/// <summary>Which worker this is.</summary>
/// <param name="Host">Name of the machine.</param>
/// <param name="Instance">Which worker on it.</param>
public sealed record WorkerIdentity(string Host, string Instance);
