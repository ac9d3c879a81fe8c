using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>
/// Takes the books of committed batches from the journal into the database of the books, some batches at a time, together with how far it got:
/// exactly once, whenever it is killed. Sets aside what is damaged on the way. Thread-safe.
/// </summary>
internal sealed partial class Bookkeeper(Journal journal, ISpoolBooks books, long doubtful, TimeProvider clock, ILogger log)
{
    private const int MostBytesAtOnce = 4 << 20;
    private readonly Lock _lock = new();
    private readonly Walker _walker = new(journal);
    private readonly Names _names = new();
    private readonly StoreBatch _batch = new();
    private SpoolMarks _marks = Start(journal, books.Marks());

    // Marks behind the end of what is left of the journal would swallow what is written there next, so the books must not keep them.
    private bool _areMarksSaved;
    private byte[] _payload = [];

    /// <summary>How far the books are, and the database.</summary>
    public SpoolMarks Marks
    {
        get
        {
            lock (_lock)
            {
                return _marks;
            }
        }
    }

    /// <summary>Brings the books up to the end of the journal, and deletes the segments that nobody needs any more.</summary>
    /// <param name="forwarded">Everything before is in the database.</param>
    public void CatchUp(SpoolPosition forwarded)
    {
        lock (_lock)
        {
            try
            {
                do
                {
                    _batch.Clear();
                    var next = Read() with { Forwarded = Later(journal.Normal(forwarded), _marks.Forwarded) };
                    if (next != _marks || !_areMarksSaved)
                    {
                        Save(next);
                    }
                }
                while (_walker.TryNext(_marks.Applied, out _));
            }
            finally
            {
                // Also when the books cannot be written: on a full disk this is what makes room.
                journal.DeleteBefore(_marks.Applied, journal.Normal(forwarded));
                _payload = _payload.Length > MostBytesAtOnce ? [] : _payload;
            }
        }
    }

    /// <summary>Puts what the database refused, or the disk changed, into the quarantine, and moves on with it in one step.</summary>
    public void SetAside(IReadOnlyList<QuarantineEntry> entries, SpoolPosition forwarded, int damaged = 0)
    {
        lock (_lock)
        {
            _batch.Clear();
            _batch.Quarantined.AddRange(entries);
            Save(_marks with { Forwarded = journal.Normal(forwarded), Damaged = _marks.Damaged + damaged });
        }
    }

    /// <summary>Entries for bytes that the disk changed, in parts that fit.</summary>
    public IReadOnlyList<QuarantineEntry> Entries(in Found damage, string what)
    {
        const int Most = 16;
        var entries = new List<QuarantineEntry>();
        var detail = $"{what} Bytes {damage.Offset} to {damage.Next.Offset} of '{damage.Segment.Path}' do not match their checksum: the disk changed them. These are they, in parts; of more than {Most} parts the first.";
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var at = damage.Offset; at < damage.Next.Offset && entries.Count < Most;)
        {
            var part = new byte[Math.Min(QuarantineEntry.MaxPayload, damage.Next.Offset - at)];
            at += damage.Segment.Read(part, at);
            entries.Add(new QuarantineEntry(0, now, default, part, part.Length, RejectReason.InternalError, detail, QuarantineEntry.Unclaimed));
        }

        return entries;
    }

    private static SpoolMarks Start(Journal journal, SpoolMarks marks) =>
        marks with { Applied = journal.Normal(marks.Applied), Forwarded = journal.Normal(marks.Forwarded) };

    private static SpoolPosition Later(SpoolPosition a, SpoolPosition b) => a.IsBefore(b) ? b : a;

    private void Save(SpoolMarks next)
    {
        books.Apply(_batch, next);
        (_marks, _areMarksSaved) = (next, true);
    }

    private SpoolMarks Read()
    {
        var marks = _marks;
        for (var bytes = 0L; bytes < MostBytesAtOnce && _walker.TryNext(marks.Applied, out var found);)
        {
            if (found.Kind == FoundKind.Damage)
            {
                marks = marks with { Damaged = marks.Damaged + 1 };
                _batch.Quarantined.AddRange(Entries(found, "A record of the spool has lost its header."));
                Log.Damaged(log, found.Offset, found.Next.Offset, found.Segment.Path);
                bytes += found.Length;
            }
            else if (found.Kind == FoundKind.Commit)
            {
                bytes += found.Length;
                marks = Take(found, marks);
            }

            marks = marks with { Applied = found.Next with { Batch = found.Kind == FoundKind.Commit ? found.Header.Batch : marks.Applied.Batch } };
        }

        return marks with { Applied = journal.Normal(marks.Applied) };
    }

    private SpoolMarks Take(in Found commit, SpoolMarks marks)
    {
        if (_payload.Length < commit.Header.Length)
        {
            _payload = new byte[Math.Max(commit.Header.Length, 64 * 1024)];
        }

        // Numbers have no gaps: a missing one is a commit record whose header was destroyed.
        var lost = Math.Max(0, commit.Header.Batch - marks.Applied.Batch - 1);
        if (Finder.TryReadPayload(commit, _payload))
        {
            CommitRecord.Read(_payload.AsSpan(0, commit.Header.Length), commit.Header.Batch != doubtful, _names, _batch);
        }
        else
        {
            lost++;
            marks = marks with { Damaged = marks.Damaged + 1 };
            _batch.Quarantined.AddRange(Entries(commit, $"The counts of a commit of {commit.Header.Points} values are unknown; the values are not touched."));
            Log.Damaged(log, commit.Offset, commit.Next.Offset, commit.Segment.Path);
        }

        if (lost > 0)
        {
            Log.Unknown(log, lost);
        }

        return marks with { Unknown = marks.Unknown + lost };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Bytes {From} to {To} of '{Path}' were changed by the disk: they are in the quarantine, the rest goes on. Check the disk.")]
        public static partial void Damaged(ILogger logger, long from, long to, string path);

        [LoggerMessage(2, LogLevel.Error, "The counts of {Commits} commits in the spool are unknown, because the disk changed them; their readings go on to the database. Check the disk.")]
        public static partial void Unknown(ILogger logger, long commits);
    }
}
