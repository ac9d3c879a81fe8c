namespace SmartFarm.Worker.Logging;

/// <summary>
/// Decides what is said of faults that repeat: the first of a cause at once, the others of the same minute as one line with their number. A
/// cause is an event and what it is about; beyond a bound of causes the event alone. Thread-safe.
/// </summary>
internal sealed class LogThrottle(TimeProvider clock, TimeSpan window)
{
    /// <summary>Causes told apart at once.</summary>
    public const int MostCauses = 256;

    /// <summary>Causes told apart of one event.</summary>
    public const int MostCausesOfAnEvent = 16;

    private readonly Dictionary<Cause, Entry> _causes = [];
    private readonly Lock _lock = new();

    /// <summary>Whether to say it now; otherwise it is counted, and its sentence kept for the summary.</summary>
    public bool Passes(string category, int eventId, string? about, LogLevel level, string sentence)
    {
        lock (_lock)
        {
            var cause = new Cause(category, eventId, about);
            if (!_causes.ContainsKey(cause) && (_causes.Count >= MostCauses || _causes.Keys.Count(c => c.EventId == eventId && c.Category == category) >= MostCausesOfAnEvent))
            {
                cause = cause with { About = null };
            }

            if (!_causes.TryGetValue(cause, out var entry))
            {
                _causes.Add(cause, new Entry { Since = clock.GetTimestamp() });
                return true;
            }

            entry.More++;
            (entry.Level, entry.Sentence) = (level, sentence);
            return false;
        }
    }

    /// <summary>The summaries that are due, or all. A cause that was silent for a whole window is forgotten.</summary>
    public IReadOnlyList<(string Category, int EventId, LogLevel Level, long More, string Sentence)> Due(bool all = false)
    {
        lock (_lock)
        {
            var due = new List<(string, int, LogLevel, long, string)>();
            foreach (var (cause, entry) in _causes.Where(c => all || clock.GetElapsedTime(c.Value.Since) >= window).ToList())
            {
                if (entry.More == 0)
                {
                    _causes.Remove(cause);
                    continue;
                }

                due.Add((cause.Category, cause.EventId, entry.Level, entry.More, entry.Sentence));
                (entry.More, entry.Since) = (0, clock.GetTimestamp());
            }

            return due;
        }
    }

    private readonly record struct Cause(string Category, int EventId, string? About);

    private sealed class Entry
    {
        public long Since { get; set; }

        public long More { get; set; }

        public LogLevel Level { get; set; }

        public string Sentence { get; set; } = "";
    }
}
