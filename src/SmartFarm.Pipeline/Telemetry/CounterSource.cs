using System.Text.Json;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>What the worker has counted, the rates of the main road, and refusals by reason.</summary>
public sealed class CounterSource(WorkerMetrics metrics, TimeProvider clock) : IWorkerSource
{
    private static readonly (WorkerField Field, Func<WorkerMetrics, double> Read)[] Counters =
    [
        (new("messages_received", "{message}", FieldBehaviour.Counter, "Messages that came in, of every kind."), m => m.MessagesReceived),
        (new("readings_received", "{reading}", FieldBehaviour.Counter, "Readings that came in; an undecodable message counts as one."), m => m.ReadingsReceived),
        (new("readings_stored", "{reading}", FieldBehaviour.Counter, "Readings taken into the store."), m => m.ReadingsStored),
        (new("readings_duplicate", "{reading}", FieldBehaviour.Counter, "Readings of messages that had been stored before."), m => m.ReadingsDuplicate),
        (new("readings_quarantined", "{reading}", FieldBehaviour.Counter, "Readings refused and kept in the quarantine."), m => m.ReadingsQuarantined),
        (new("readings_late", "{reading}", FieldBehaviour.Counter, "Readings stored that were older than the newest of their sensor."), m => m.ReadingsLate),
        (new("readings_flagged", "{reading}", FieldBehaviour.Counter, "Readings stored with a flag of 3, 4 or 9."), m => m.ReadingsFlagged),
        (new("commits", "{commit}", FieldBehaviour.Counter, "Commits that succeeded."), m => m.Commits),
        (new("commit_failures", "{commit}", FieldBehaviour.Counter, "Commits that failed and were tried again."), m => m.CommitFailures),
        (new("commit_ms", "ms", FieldBehaviour.Gauge, "Time that the last commit took."), m => m.LastCommitMs),
        (new("forward_failures", "{write}", FieldBehaviour.Counter, "Writes to the database that failed and were tried again."), m => m.ForwardFailures),
        (new("points_forwarded", "{row}", FieldBehaviour.Counter, "Rows that the database took from the spool."), m => m.PointsForwarded),
        (new("lines_refused", "{row}", FieldBehaviour.Counter, "Rows that the database refused for good."), m => m.LinesRefused),
        (new("open_receipts", "{message}", FieldBehaviour.Gauge, "Messages received and not yet acknowledged."), m => m.OpenReceipts),
        (new("decisions", "{decision}", FieldBehaviour.Counter, "Decisions of the rules."), m => m.Decisions),
        (new("commands_issued", "{command}", FieldBehaviour.Counter, "Commands handed to the broker, or tried to."), m => m.CommandsIssued),
        (new("commands_held", "{command}", FieldBehaviour.Counter, "Times that a wanted command was held back by a stage of the desk."), m => m.CommandsHeld),
        (new("faults", "{fault}", FieldBehaviour.Counter, "Unexpected faults of ours, caught where they could be: report them."), m => m.Faults),
    ];

    private static readonly (WorkerField Field, Func<WorkerMetrics, double> Read)[] Rates =
    [
        (new("messages_per_s", "{message}/s", FieldBehaviour.Gauge, "Messages received per second, over the last interval."), m => m.MessagesReceived),
        (new("readings_per_s", "{reading}/s", FieldBehaviour.Gauge, "Readings received per second, over the last interval."), m => m.ReadingsReceived),
        (new("forwarded_per_s", "{row}/s", FieldBehaviour.Gauge, "Rows taken by the database per second, over the last interval."), m => m.PointsForwarded),
    ];

    private static readonly (WorkerField Field, RejectReason Reason)[] Refusals =
    [
        .. Enum.GetValues<RejectReason>().Select(r => (
            new WorkerField($"rejected_{Name(r)}", "{message}", FieldBehaviour.Counter, $"Times that something was refused with the reason {Name(r)}."), r)),
    ];

    private readonly double[] _before = new double[Rates.Length];
    private readonly long _start = clock.GetTimestamp();
    private long _last = clock.GetTimestamp();

    /// <inheritdoc/>
    public IReadOnlyList<WorkerField> Fields { get; } =
    [
        .. Counters.Select(c => c.Field),
        .. Rates.Select(r => r.Field),
        .. Refusals.Select(r => r.Field),
        new("uptime_s", "s", FieldBehaviour.Gauge, "Time since the worker started."),
    ];

    /// <inheritdoc/>
    public ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken)
    {
        foreach (var (field, read) in Counters)
        {
            tell(field.Name, read(metrics));
        }

        var seconds = Math.Max(clock.GetElapsedTime(_last).TotalSeconds, 1e-3);
        _last = clock.GetTimestamp();
        for (var i = 0; i < Rates.Length; i++)
        {
            var now = Rates[i].Read(metrics);
            tell(Rates[i].Field.Name, (now - _before[i]) / seconds);
            _before[i] = now;
        }

        foreach (var (field, reason) in Refusals)
        {
            tell(field.Name, metrics.Rejected(reason));
        }

        tell("uptime_s", clock.GetElapsedTime(_start).TotalSeconds);
        return ValueTask.CompletedTask;
    }

    private static string Name(RejectReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
