using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Status;

/// <summary>How each device is: when it was last heard, and what became of all that it ever sent. Thread-safe.</summary>
public sealed class DeviceStatus(FarmMap map, ILedger ledger, SeriesCatalog catalog, WorkerMetrics metrics, SteadyClock steady)
{
    private readonly long _startMs = steady.Now().SteadyMs;

    /// <summary>A row for each device. While the ledger cannot be read, without what it counts.</summary>
    public async ValueTask<IReadOnlyList<StatusRow>> ReadAsync(Moment now, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, LedgerCounts>? accounts = null;
        try
        {
            accounts = await ledger.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            metrics.Fault();
        }

        return [.. map.Zones.SelectMany(z => z.Devices).Select(d => Read(d, accounts, now))];
    }

    private StatusRow Read(DeviceEntry device, IReadOnlyDictionary<string, LedgerCounts>? accounts, Moment now)
    {
        var zone = device.Zone;
        var row = new StatusRow(catalog.Get(Schema.Device, ("site", zone.Site.Id), ("zone", zone.Id), ("device", device.Device.Id)))
            .With("age_s", device.LastSeenMs == 0 ? null : (now.SteadyMs - device.LastSeenMs) / 1000.0)
            .With("silent", IsSilent(device, now))
            .With("clock_offset_s", device.ClockAheadMs / 1000.0);
        if (accounts is null)
        {
            return row;
        }

        var counts = accounts.GetValueOrDefault(device.Account);
        return row.With("received", counts.Received).With("stored", counts.Stored).With("duplicate", counts.Duplicate).With("quarantined", counts.Quarantined)
            .With("late", counts.Late).With("missing", counts.Missing);
    }

    /// <summary>Not known of one that was not heard since the start, until it would have had the time to be.</summary>
    private bool? IsSilent(DeviceEntry device, Moment now) =>
        now.SteadyMs - (device.LastSeenMs == 0 ? _startMs : device.LastSeenMs) > device.StaleAfterMs ? true
        : device.LastSeenMs == 0 ? null
        : false;
}
