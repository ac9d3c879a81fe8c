using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Alarms;

/// <summary>
/// The alarms that somebody should see: those that hold, and those that went before anybody said that he knew. Each coming, going and
/// acknowledging is stored. Raising what is raised, and clearing what is not there, changes nothing, so that callers need not remember. Thread-safe.
/// </summary>
public sealed partial class AlarmBook(StoreRunner store, SeriesCatalog catalog, SteadyClock clock, ILogger<AlarmBook> log) : IAlarmList
{
    /// <summary>The most alarms kept. Beyond, the oldest that no longer holds makes room; when all hold, a new one is stored and logged but not listed.</summary>
    public const int MostEntries = 2_000;

    private const string Info = "info";
    private readonly Lock _lock = new();
    private readonly Dictionary<AlarmKey, AlarmEntry> _entries = [];
    private readonly AlarmPoints _points = new(store, catalog);
    private long _version;

    /// <summary>Rises with every change: what was saved at a lower one is old.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <inheritdoc/>
    public IReadOnlyList<AlarmEntry> List()
    {
        lock (_lock)
        {
            return [.. _entries.Values.OrderBy(e => e.State == AlarmState.Returned).ThenByDescending(e => e.SinceMs).ThenBy(e => e.Key.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>An alarm comes, or what there is to say of it changes. One that somebody knows of stays acknowledged while it holds.</summary>
    public void Raise(AlarmKey key, string severity, string text)
    {
        var now = clock.Now().WallMs;
        lock (_lock)
        {
            var old = _entries.GetValueOrDefault(key);
            if (old is { ClearedMs: null } && old.Text == text && old.Severity == severity)
            {
                return;
            }

            if (old is not null || MakeRoom(key))
            {
                _entries[key] = old is { ClearedMs: null } ? old with { Severity = severity, Text = text } : new AlarmEntry(key, severity, text, now);
            }

            _version++;
            if (old is { ClearedMs: null } && old.Severity != severity)
            {
                // The row of the other severity would say for ever that it holds.
                _points.Write(key, old.Severity, null, null, StandOf(key, old.Severity), now);
            }

            // One that the full list could not take holds all the same.
            _points.Write(key, severity, "raised", text, StandOf(key, severity) with { IsRaised = true }, now);
        }

        Log.Raised(log, key.Id, severity, text);
    }

    /// <summary>Something happened that is over at once: it stays to be seen.</summary>
    public void Happened(AlarmKey key, string severity, string text)
    {
        var now = clock.Now().WallMs;
        lock (_lock)
        {
            if (_entries.ContainsKey(key) || MakeRoom(key))
            {
                _entries[key] = new AlarmEntry(key, severity, text, now, ClearedMs: now);
            }

            _version++;
            _points.Write(key, severity, "raised", text, StandOf(key, severity), now);
        }

        Log.Raised(log, key.Id, severity, text);
    }

    /// <summary>An alarm goes.</summary>
    /// <param name="key">Which.</param>
    /// <param name="text">Why; stored.</param>
    public void Clear(AlarmKey key, string text)
    {
        var now = clock.Now().WallMs;
        AlarmEntry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out entry!) || entry.ClearedMs is not null)
            {
                return;
            }

            if (entry.AcknowledgedBy is null && entry.Severity != Info)
            {
                _entries[key] = entry with { ClearedMs = now };
            }
            else
            {
                _entries.Remove(key);
            }

            _version++;
            _points.Write(key, entry.Severity, "cleared", text, StandOf(key, entry.Severity), now);
        }

        Log.Cleared(log, key.Id, text);
    }

    /// <inheritdoc/>
    public AlarmEntry? Acknowledge(string id, string by, string note)
    {
        var now = clock.Now().WallMs;
        AlarmEntry entry;
        lock (_lock)
        {
            if (_entries.Values.FirstOrDefault(e => e.Key.Id == id) is not { } found)
            {
                return null;
            }

            entry = found with { AcknowledgedBy = by, AcknowledgedMs = now, Note = note };
            if (entry.ClearedMs is null)
            {
                _entries[entry.Key] = entry;
            }
            else
            {
                _entries.Remove(entry.Key);
            }

            _version++;
            _points.Write(entry.Key, entry.Severity, "acknowledged", $"{by}: {(note.Length > 0 ? note : "knows of it")}", StandOf(entry.Key, entry.Severity), now);
        }

        Log.Acknowledged(log, id, by, note);
        return entry;
    }

    /// <summary>Clears the alarms of a zone whose code is not among those that still can hold: their rule is gone.</summary>
    public void Retain(string site, string zone, Func<AlarmKey, bool> isPossible)
    {
        foreach (var entry in List().Where(e => e.Key.Site == site && e.Key.Zone == zone && !isPossible(e.Key)))
        {
            Clear(entry.Key, "What raised it is gone.");
        }
    }

    /// <summary>Stores once more what holds, so that whoever looks at the last minutes only sees it too.</summary>
    public void SayAgain()
    {
        var now = clock.Now().WallMs;
        lock (_lock)
        {
            foreach (var row in _entries.Values.Where(e => e.ClearedMs is null).GroupBy(e => (Key: e.Key with { Subject = "" }, e.Severity)))
            {
                var newest = row.MaxBy(e => e.SinceMs)!.Text;
                var text = row.Count() > 1 ? $"{newest} (and {row.Count() - 1} more)" : newest;
                _points.Write(row.Key.Key, row.Key.Severity, null, text, StandOf(row.Key.Key, row.Key.Severity), now);
            }
        }
    }

    /// <summary>All alarms, to be kept.</summary>
    public byte[] Save() => AlarmFile.Write(List());

    /// <summary>Takes up what was kept, before anything is raised.</summary>
    /// <exception cref="InvalidDataException">The bytes are no saved alarms.</exception>
    public void Load(ReadOnlySpan<byte> saved)
    {
        var entries = AlarmFile.Read(saved);
        lock (_lock)
        {
            foreach (var entry in entries.Take(MostEntries))
            {
                _entries.TryAdd(entry.Key, entry);
            }
        }
    }

    private bool MakeRoom(AlarmKey key)
    {
        if (_entries.Count < MostEntries)
        {
            return true;
        }

        if (_entries.Values.Where(e => e.State == AlarmState.Returned).MinBy(e => e.SinceMs) is not { } oldest)
        {
            Log.Full(log, MostEntries, key.Id);
            return false;
        }

        return _entries.Remove(oldest.Key);
    }

    private AlarmStand StandOf(AlarmKey key, string severity) => AlarmStand.Of(_entries.Values, key, severity);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Alarm {Id} ({Severity}): {Text}")]
        public static partial void Raised(ILogger logger, string id, string severity, string text);

        [LoggerMessage(LogLevel.Information, "Alarm {Id} no longer holds. {Text}")]
        public static partial void Cleared(ILogger logger, string id, string text);

        [LoggerMessage(LogLevel.Information, "Alarm {Id}: {By} knows of it. {Note}")]
        public static partial void Acknowledged(ILogger logger, string id, string by, string note);

        [LoggerMessage(LogLevel.Error, "{Most} alarms hold; {Id} is stored but not listed. Mend what is wrong, or look for a rule that raises too many.")]
        public static partial void Full(ILogger logger, int most, string id);
    }
}
