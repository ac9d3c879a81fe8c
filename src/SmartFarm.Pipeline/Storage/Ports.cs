using System.Buffers;

namespace SmartFarm.Pipeline.Storage;

/// <summary>The durable end of the road. One caller at a time.</summary>
public interface IDurableStore
{
    /// <summary>
    /// Makes the whole batch durable in one step, fsync included: afterwards a kill or power cut loses nothing of it. All or nothing: when
    /// it throws, nothing of the batch is stored and the caller tries again. Writing the same point twice leaves one.
    /// </summary>
    ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken);

    /// <summary>Fingerprints committed most recently, newest last, at most <paramref name="count"/>: read once at start.</summary>
    ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken);
}

/// <summary>The counts kept so far. Thread-safe.</summary>
public interface ILedger
{
    /// <summary>Counts by account (<c>site/device</c>).</summary>
    ValueTask<IReadOnlyDictionary<string, LedgerCounts>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The running numbers of devices by account, as last committed: read once at start.</summary>
    ValueTask<IReadOnlyDictionary<string, SequenceWindow>> SequencesAsync(CancellationToken cancellationToken);
}

/// <summary>What was received and is not yet committed. Thread-safe.</summary>
public interface IOpenReadings
{
    /// <summary>A picture of this moment.</summary>
    OpenReadings Open();
}

/// <summary>What is on its way into the store.</summary>
/// <param name="ByAccount">Readings received and not committed, by account; accounts with none are left out.</param>
/// <param name="Lost">Readings received since the start of the process that are neither open nor committed: 0, unless we lost them.</param>
public sealed record OpenReadings(IReadOnlyDictionary<string, long> ByAccount, long Lost)
{
    /// <summary>Nothing is on its way.</summary>
    public static readonly OpenReadings None = new(new Dictionary<string, long>(), 0);
}

/// <summary>Reads back what was stored, from whichever database. Thread-safe.</summary>
public interface IHistory
{
    /// <summary>Means of a number field over time, one answer per series found.</summary>
    ValueTask<IReadOnlyList<HistorySeries>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>The newest rows of each series found, texts and numbers as they were stored.</summary>
    ValueTask<IReadOnlyList<RowSeries>> ReadRowsAsync(RowQuery query, CancellationToken cancellationToken);
}

/// <summary>A question to the history.</summary>
/// <param name="Measurement">Name of the measurement.</param>
/// <param name="Field">Name of a number field.</param>
/// <param name="Tags">Tags that must be equal.</param>
/// <param name="FromMs">First instant, inclusive, Unix ms.</param>
/// <param name="ToMs">Last instant, exclusive, Unix ms.</param>
/// <param name="StepMs">Length of a bucket, aligned to the Unix epoch; a bucket carries the mean of its values at the time of its start. 0: every value as stored.</param>
public sealed record HistoryQuery(string Measurement, string Field, IReadOnlyDictionary<string, string> Tags, long FromMs, long ToMs, long StepMs);

/// <summary>One series of an answer.</summary>
/// <param name="Tags">All its tags.</param>
/// <param name="Points">Its values in order of time; empty buckets are left out.</param>
public sealed record HistorySeries(IReadOnlyDictionary<string, string> Tags, IReadOnlyList<HistoryPoint> Points);

/// <summary>One value of a history.</summary>
/// <param name="TimeMs">Unix time in milliseconds.</param>
/// <param name="Value">The value, or the mean of the bucket.</param>
public readonly record struct HistoryPoint(long TimeMs, double Value);

/// <summary>A question for rows with their texts: what was decided, commanded, reported.</summary>
/// <param name="Measurement">Name of the measurement.</param>
/// <param name="Fields">Names of the fields wanted, at least one; a row without any of them is left out.</param>
/// <param name="Tags">Tags that must be equal.</param>
/// <param name="FromMs">First instant, inclusive, Unix ms.</param>
/// <param name="ToMs">Last instant, exclusive, Unix ms.</param>
/// <param name="Newest">How many rows of each series at most: the newest of that time.</param>
public sealed record RowQuery(string Measurement, IReadOnlyList<string> Fields, IReadOnlyDictionary<string, string> Tags, long FromMs, long ToMs, int Newest);

/// <summary>The rows of one series.</summary>
/// <param name="Tags">All its tags.</param>
/// <param name="Rows">Its rows in order of time, at least one.</param>
public sealed record RowSeries(IReadOnlyDictionary<string, string> Tags, IReadOnlyList<HistoryRow> Rows);

/// <summary>One row; a field that it does not have is in neither of the two.</summary>
/// <param name="TimeMs">Unix time in milliseconds.</param>
/// <param name="Texts">Its texts by field.</param>
/// <param name="Numbers">Its numbers by field.</param>
public sealed record HistoryRow(long TimeMs, IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, double> Numbers);

/// <summary>Turns points into the bytes that are spooled and later sent: one line per row, each ended by a newline.</summary>
public interface IPointEncoder
{
    /// <summary>Encodes the points. Points that follow each other with the same series and time share a line.</summary>
    void Encode(ReadOnlySpan<Point> points, IBufferWriter<byte> output);
}

/// <summary>The database behind the spool.</summary>
public interface IPointSink
{
    /// <summary>
    /// Writes encoded rows. Never throws for what the database or the network does: the answer says what became of them. Splits,
    /// bisects and names single offenders itself; does not wait, retry or count: the caller does.
    /// </summary>
    ValueTask<WriteResult> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken);
}

/// <summary>What became of a write: three answers, not two.</summary>
/// <param name="Kind">Stored or keep. Refused lines are named beside a <see cref="WriteKind.Stored"/>.</param>
/// <param name="Reason">A sentence for the operator; empty when all was stored.</param>
/// <param name="RetryAfter">How long the database asks to be left alone; null when it did not say.</param>
/// <param name="Refused">Lines that it will never take, with its reason for each.</param>
public sealed record WriteResult(WriteKind Kind, string Reason, TimeSpan? RetryAfter, IReadOnlyList<RefusedLine> Refused)
{
    /// <summary>Everything is stored.</summary>
    public static readonly WriteResult AllStored = new(WriteKind.Stored, "", null, []);
}

/// <summary>Kinds of answer.</summary>
public enum WriteKind
{
    /// <summary>The database has everything but the refused lines.</summary>
    Stored,

    /// <summary>Nothing is known to be stored: keep all and try again.</summary>
    Keep,
}

/// <summary>A line refused for good.</summary>
/// <param name="Line">The line, without its newline.</param>
/// <param name="Reason">What the database said.</param>
public sealed record RefusedLine(ReadOnlyMemory<byte> Line, string Reason);
