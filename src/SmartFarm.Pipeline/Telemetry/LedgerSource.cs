using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>The sum of the ledger, over all restarts.</summary>
public sealed class LedgerSource(ILedger ledger, IOpenReadings open) : IWorkerSource
{
    /// <inheritdoc/>
    public IReadOnlyList<WorkerField> Fields { get; } =
    [
        new("ledger_received", "{reading}", FieldBehaviour.Gauge, "Readings received since the data folder was made."),
        new("ledger_stored", "{reading}", FieldBehaviour.Gauge, "Of these, made durable."),
        new("ledger_duplicate", "{reading}", FieldBehaviour.Gauge, "Of these, part of a message that had been stored before."),
        new("ledger_quarantined", "{reading}", FieldBehaviour.Gauge, "Of these, refused and kept in the quarantine."),
        new("ledger_in_flight", "{reading}", FieldBehaviour.Gauge, "Of these, not yet durable."),
        new("ledger_unexplained", "{reading}", FieldBehaviour.Gauge, "Readings that no account can explain, without sign; anything but 0 is a fault of ours: report it."),
        new("ledger_missing", "{message}", FieldBehaviour.Gauge, "Running numbers of devices that never came: lost before us."),
        new("ledger_refused_by_store", "{row}", FieldBehaviour.Gauge, "Rows, counted as stored, that the database refused for good."),
        new("ledger_evicted", "{entry}", FieldBehaviour.Gauge, "Entries that went from the quarantine because it was full."),
    ];

    /// <inheritdoc/>
    public async ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken)
    {
        var books = await LedgerBooks.ReadAsync(ledger, open, cancellationToken);
        tell("ledger_received", books.Total.Received);
        tell("ledger_stored", books.Total.Stored);
        tell("ledger_duplicate", books.Total.Duplicate);
        tell("ledger_quarantined", books.Total.Quarantined);
        tell("ledger_in_flight", books.InFlight);
        tell("ledger_unexplained", books.Unexplained);
        tell("ledger_missing", books.Total.Missing);
        tell("ledger_refused_by_store", books.Total.RefusedByStore);
        tell("ledger_evicted", books.Total.Evicted);
    }
}
