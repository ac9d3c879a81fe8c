namespace SmartFarm.Pipeline.Telemetry;

/// <summary>The latencies of the last interval, as quantiles.</summary>
public sealed class LatencySource : IWorkerSource
{
    private readonly (string Name, LatencyReader Reader)[] _latencies;

    /// <summary>Reads the latencies of a worker.</summary>
    public LatencySource(WorkerMetrics metrics)
    {
        var (all, fields) = (new List<(string, LatencyReader)>(), new List<WorkerField>());
        Add("durable", metrics.Latencies.Durable, "from the device's time of a live reading (its arrival when it carries none) until it was durable");
        Add("visible", metrics.Latencies.Visible, "from a commit to the spool until the database had its oldest row, by the wall clock");
        Add("commit", metrics.Latencies.Commit, "of a commit");
        Add("command_published", metrics.Latencies.Published, "from the reading, or the end of the timer, that decided until the broker had the command; without those held back");
        Add("command_confirmed", metrics.Latencies.Confirmed, "from the issue of a command until its controller said that it is done");
        (_latencies, Fields) = ([.. all], fields);

        void Add(string name, LatencyHistogram histogram, string what)
        {
            all.Add((name, new LatencyReader(histogram)));
            fields.Add(new($"{name}_count", "{event}", FieldBehaviour.Gauge, $"How many were measured: time {what}."));
            fields.Add(new($"{name}_p50_ms", "ms", FieldBehaviour.Gauge, $"Median time {what}."));
            fields.Add(new($"{name}_p90_ms", "ms", FieldBehaviour.Gauge, $"Nine in ten took at most this time {what}."));
            fields.Add(new($"{name}_p99_ms", "ms", FieldBehaviour.Gauge, $"99 in a hundred took at most this time {what}."));
            fields.Add(new($"{name}_max_ms", "ms", FieldBehaviour.Gauge, $"Longest time {what}."));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<WorkerField> Fields { get; }

    /// <summary>Tells them; of an interval in which nothing happened only the count, so that no zero pretends to be fast.</summary>
    public ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken)
    {
        foreach (var (name, reader) in _latencies)
        {
            var now = reader.Take();
            tell($"{name}_count", now.Count);
            if (now.Count > 0)
            {
                tell($"{name}_p50_ms", now.P50);
                tell($"{name}_p90_ms", now.P90);
                tell($"{name}_p99_ms", now.P99);
                tell($"{name}_max_ms", now.Max);
            }
        }

        return ValueTask.CompletedTask;
    }
}
