namespace SmartFarm.Pipeline.Telemetry;

/// <summary>Memory, garbage collection and threads of this process.</summary>
public sealed class ProcessSource : IWorkerSource
{
    /// <inheritdoc/>
    public IReadOnlyList<WorkerField> Fields { get; } =
    [
        new("memory_bytes", "By", FieldBehaviour.Gauge, "Memory of the process (working set)."),
        new("allocated_bytes", "By", FieldBehaviour.Counter, "Bytes allocated since the start."),
        new("gc_heap_bytes", "By", FieldBehaviour.Gauge, "Heap after the last garbage collection."),
        new("gc_gen0", "{collection}", FieldBehaviour.Counter, "Garbage collections of generation 0 and above."),
        new("gc_gen1", "{collection}", FieldBehaviour.Counter, "Garbage collections of generation 1 and above."),
        new("gc_gen2", "{collection}", FieldBehaviour.Counter, "Garbage collections of generation 2."),
        new("gc_pause_ms", "ms", FieldBehaviour.Counter, "Time that the process stood still for garbage collections."),
        new("threads", "{thread}", FieldBehaviour.Gauge, "Threads of the thread pool."),
        new("thread_queue", "{item}", FieldBehaviour.Gauge, "Work that waits for a thread; when it stays high the computer is too slow."),
    ];

    /// <inheritdoc/>
    public ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken)
    {
        tell("memory_bytes", Environment.WorkingSet);
        tell("allocated_bytes", GC.GetTotalAllocatedBytes());
        tell("gc_heap_bytes", GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
        tell("gc_gen0", GC.CollectionCount(0));
        tell("gc_gen1", GC.CollectionCount(1));
        tell("gc_gen2", GC.CollectionCount(2));
        tell("gc_pause_ms", GC.GetTotalPauseDuration().TotalMilliseconds);
        tell("threads", ThreadPool.ThreadCount);
        tell("thread_queue", ThreadPool.PendingWorkItemCount);
        return ValueTask.CompletedTask;
    }
}
