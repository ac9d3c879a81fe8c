using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Alarms;

/// <summary>Stores what becomes of alarms. A row is of all alarms of a zone with the same code and severity, whatever they are of. Thread-safe.</summary>
internal sealed class AlarmPoints(StoreRunner store, SeriesCatalog catalog)
{
    /// <summary>What happened to one.</summary>
    /// <param name="key">Which.</param>
    /// <param name="severity">Its severity.</param>
    /// <param name="state">What happened, as stored; null: nothing new.</param>
    /// <param name="text">What there is to say of it; null: nothing new.</param>
    /// <param name="now">How those of its row stand after it.</param>
    /// <param name="nowMs">Wall clock, Unix ms.</param>
    public void Write(AlarmKey key, string severity, string? state, string? text, AlarmStand now, long nowMs)
    {
        var series = catalog.Get(Schema.Alarm, ("site", key.Site), ("zone", key.Zone), ("severity", severity), ("code", key.Code));
        store.AddOwn((series, state, text, now, nowMs), static (batch, x) =>
        {
            if (x.state is { } state)
            {
                batch.Add(Point.OfText(x.series, "state", state, x.nowMs));
            }

            if (x.text is { } text)
            {
                batch.Add(Point.OfText(x.series, "text", text, x.nowMs));
            }

            batch.Add(Point.Of(x.series, "raised", x.now.IsRaised ? 1 : 0, x.nowMs));
            batch.Add(Point.Of(x.series, "acknowledged", x.now.IsAcknowledged ? 1 : 0, x.nowMs));
            if (x.now.SinceMs is { } sinceMs)
            {
                batch.Add(Point.Of(x.series, "held_s", (x.nowMs - sinceMs) / 1000.0, x.nowMs));
            }
        });
    }
}

/// <summary>How the alarms of one row stand.</summary>
/// <param name="IsRaised">Whether one holds.</param>
/// <param name="IsAcknowledged">Whether one holds, and somebody knows of all that do.</param>
/// <param name="SinceMs">Since when the oldest holds, Unix ms; null: none does.</param>
internal readonly record struct AlarmStand(bool IsRaised, bool IsAcknowledged, long? SinceMs)
{
    public static AlarmStand Of(IEnumerable<AlarmEntry> entries, AlarmKey key, string severity)
    {
        var (isRaised, isAcknowledged, sinceMs) = (false, true, (long?)null);
        foreach (var entry in entries)
        {
            if (entry.ClearedMs is null && entry.Severity == severity && (entry.Key with { Subject = key.Subject }) == key)
            {
                (isRaised, isAcknowledged, sinceMs) = (true, isAcknowledged && entry.AcknowledgedBy is not null, Math.Min(sinceMs ?? long.MaxValue, entry.SinceMs));
            }
        }

        return new AlarmStand(isRaised, isRaised && isAcknowledged, sinceMs);
    }
}
