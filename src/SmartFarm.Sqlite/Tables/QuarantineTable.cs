using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>The refused messages, written side; keeps their bounds. Used inside a transaction of the writer only.</summary>
internal sealed partial class QuarantineTable(Writer writer, SqliteOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly Statement _insert = writer.Prepare(
        "INSERT INTO quarantine (received_ms, topic, payload, size, reason, detail, account) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    private readonly QuarantineTrim _trim = new(writer, options);
    private readonly Statement _countDropped = writer.Prepare("UPDATE totals SET quarantine_dropped = quarantine_dropped + ?1");
    private readonly Statement _remove = writer.Prepare("DELETE FROM quarantine WHERE id = ?1");
    private long? _warned;

    public void Insert(IReadOnlyList<QuarantineEntry> entries)
    {
        foreach (var entry in entries)
        {
            var payload = entry.Payload.Span;
            _insert.Set(1, entry.ReceivedMs).Set(2, entry.Topic.Span).Set(3, payload[..Math.Min(payload.Length, QuarantineEntry.MaxPayload)]).Set(4, entry.Size)
                .Set(5, entry.Reason.ToString()).Set(6, entry.Detail).Set(7, entry.Account).Run();
        }

        if (entries.Count > 0)
        {
            Trim();
        }
    }

    public void Remove(long id) => _remove.Set(1, id).Run();

    private void Trim()
    {
        var dropped = _trim.Run();
        if (dropped == 0)
        {
            return;
        }

        _countDropped.Set(1, dropped).Run();
        if (_warned is not { } last || time.GetElapsedTime(last) >= BetweenWarnings)
        {
            _warned = time.GetTimestamp();
            Log.OldestDropped(logger, options.MaxQuarantineEntries, options.MaxQuarantineBytes);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The quarantine is at its limit of {Entries} entries or {Bytes} bytes: the oldest entries of the account that has most in it go, and are counted. Mend the cause of the newest.")]
        public static partial void OldestDropped(ILogger logger, long entries, long bytes);
    }
}
