using SmartFarm.Domain.Wire;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>Counters of the worker since it started. Monotonic. Thread-safe.</summary>
public sealed class WorkerMetrics
{
    private readonly long[] _rejected = new long[Enum.GetValues<RejectReason>().Length];
    private long _messagesReceived, _readingsReceived, _readingsStored, _readingsDuplicate, _readingsQuarantined, _readingsLate, _readingsFlagged;
    private long _commits, _commitFailures, _forwardFailures, _pointsForwarded, _linesRefused, _commandsIssued, _commandsHeld, _decisions, _faults;
    private long _openReceipts, _lastCommitMicroseconds;

    /// <summary>How long things took.</summary>
    public WorkerLatencies Latencies { get; } = new();

    /// <summary>Messages that came in, of every kind.</summary>
    public long MessagesReceived => Volatile.Read(ref _messagesReceived);

    /// <summary>Readings that came in; an undecodable message counts as one.</summary>
    public long ReadingsReceived => Volatile.Read(ref _readingsReceived);

    /// <summary>Readings made durable.</summary>
    public long ReadingsStored => Volatile.Read(ref _readingsStored);

    /// <summary>Readings of redelivered messages.</summary>
    public long ReadingsDuplicate => Volatile.Read(ref _readingsDuplicate);

    /// <summary>Refused readings and messages.</summary>
    public long ReadingsQuarantined => Volatile.Read(ref _readingsQuarantined);

    /// <summary>Stored, but older than the newest of their sensor.</summary>
    public long ReadingsLate => Volatile.Read(ref _readingsLate);

    /// <summary>Stored with a flag of 3, 4 or 9.</summary>
    public long ReadingsFlagged => Volatile.Read(ref _readingsFlagged);

    /// <summary>Commits that succeeded.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Commits that failed and were tried again.</summary>
    public long CommitFailures => Volatile.Read(ref _commitFailures);

    /// <summary>Writes to the database that failed and were tried again.</summary>
    public long ForwardFailures => Volatile.Read(ref _forwardFailures);

    /// <summary>Rows written to the database from the spool.</summary>
    public long PointsForwarded => Volatile.Read(ref _pointsForwarded);

    /// <summary>Rows that the database refused for good.</summary>
    public long LinesRefused => Volatile.Read(ref _linesRefused);

    /// <summary>Commands published.</summary>
    public long CommandsIssued => Volatile.Read(ref _commandsIssued);

    /// <summary>Times that a wanted command was held back by a stage of the desk.</summary>
    public long CommandsHeld => Volatile.Read(ref _commandsHeld);

    /// <summary>Decisions of the rule engine.</summary>
    public long Decisions => Volatile.Read(ref _decisions);

    /// <summary>Unexpected faults of ours, caught where they could be.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Messages received and not yet settled.</summary>
    public long OpenReceipts => Volatile.Read(ref _openReceipts);

    /// <summary>Time that the last commit took, in milliseconds.</summary>
    public double LastCommitMs => Volatile.Read(ref _lastCommitMicroseconds) / 1000.0;

    /// <summary>Refused so far, for one reason.</summary>
    public long Rejected(RejectReason reason) => Volatile.Read(ref _rejected[(int)reason]);

    internal void Message() => Interlocked.Increment(ref _messagesReceived);

    internal void Received(int readings) => Interlocked.Add(ref _readingsReceived, readings);

    internal void Stored(int readings) => Interlocked.Add(ref _readingsStored, readings);

    internal void Duplicate(int readings) => Interlocked.Add(ref _readingsDuplicate, readings);

    internal void Reject(RejectReason reason, int readings)
    {
        Interlocked.Increment(ref _rejected[(int)reason]);
        Interlocked.Add(ref _readingsQuarantined, readings);
    }

    internal void Late() => Interlocked.Increment(ref _readingsLate);

    internal void Flagged() => Interlocked.Increment(ref _readingsFlagged);

    internal void Commit(TimeSpan took)
    {
        Interlocked.Increment(ref _commits);
        Volatile.Write(ref _lastCommitMicroseconds, (long)took.TotalMicroseconds);
        Latencies.Commit.Record(took);
    }

    internal void CommitFailed() => Interlocked.Increment(ref _commitFailures);

    internal void ForwardFailed() => Interlocked.Increment(ref _forwardFailures);

    internal void Forwarded(int rows, int refused)
    {
        Interlocked.Add(ref _pointsForwarded, rows);
        Interlocked.Add(ref _linesRefused, refused);
    }

    internal void CommandIssued() => Interlocked.Increment(ref _commandsIssued);

    internal void CommandHeld() => Interlocked.Increment(ref _commandsHeld);

    internal void Decision() => Interlocked.Increment(ref _decisions);

    internal void Fault() => Interlocked.Increment(ref _faults);

    internal void ReceiptsOpened(int count) => Interlocked.Add(ref _openReceipts, count);
}
