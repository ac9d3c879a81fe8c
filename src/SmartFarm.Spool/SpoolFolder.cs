using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool.Engine;

namespace SmartFarm.Spool;

/// <summary>
/// What one worker has acknowledged and the database does not have yet: a journal in the folder <c>spool</c> of its data folder. A commit is one
/// write and one fsync; its counts, refused messages and fingerprints follow into the books every second, exactly once. Whoever opens it holds
/// the data folder, so no other process does. Thread-safe, but for the store and the forwarder's side, which take one caller each.
/// <para>Bounded by <see cref="SpoolOptions"/>: at a limit commits throw <see cref="StoreFullException"/> until the database has taken some.</para>
/// </summary>
public sealed partial class SpoolFolder : IDisposable, IAsyncDisposable
{
    /// <summary>Name of the folder in the data folder.</summary>
    public const string FolderName = "spool";

    private static readonly TimeSpan BetweenBookings = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Journal _journal;
    private readonly Bookkeeper _bookkeeper;
    private readonly SpoolQueue _queue;
    private readonly Limits _limits;
    private readonly ITimer _timer;
    private readonly Lock _closing = new();
    private string? _trouble;
    private bool _isClosed;

    private SpoolFolder(string directory, Recovered recovered, SpoolOptions options, ISpoolBooks books, TimeProvider clock, ILoggerFactory loggers)
    {
        (_journal, Books, _clock, _logger) = (recovered.Journal, books, clock, loggers.CreateLogger<SpoolFolder>());
        _bookkeeper = new Bookkeeper(_journal, books, recovered.Doubtful, clock, _logger);
        _queue = new SpoolQueue(_journal, _bookkeeper, options, clock, _logger);
        _limits = new Limits(directory, options, clock);
        Ledger = new CaughtUpLedger(this);
        Quarantine = new CaughtUpQuarantine(this);
        new OldSpool(_journal, books, clock).Move(recovered.HasMoved);
        _bookkeeper.CatchUp(_queue.Forwarded);
        _timer = clock.CreateTimer(_ => KeepBooks(), null, BetweenBookings, BetweenBookings);
    }

    /// <summary>What waits, for the forwarder.</summary>
    public ISpool Queue => _queue;

    /// <summary>The counts, with those of every commit.</summary>
    public ILedger Ledger { get; }

    /// <summary>The refused messages, with those of every commit.</summary>
    public IQuarantine Quarantine { get; }

    /// <summary>What keeps the books from being written, in a sentence; null when nothing does. Commits go on meanwhile, up to the limits.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>How full the spool is.</summary>
    public SpoolStats Stats => new(_journal.Bytes, _journal.Segments, _bookkeeper.Marks.Damaged, _bookkeeper.Marks.Unknown);

    internal ISpoolBooks Books { get; }

    /// <summary>
    /// Opens the spool of a data folder, making it when it is not there, and recovers from whatever happened to it: what it found is in the log.
    /// What an older version had spooled elsewhere is moved in.
    /// </summary>
    /// <exception cref="StoreException">It cannot be read or written, or is of a newer version, or the books cannot be written.</exception>
    public static SpoolFolder Open(string dataDirectory, SpoolOptions options, ISpoolBooks books, TimeProvider clock, ILoggerFactory loggers) =>
        Open(dataDirectory, options, books, clock, loggers, new Disk());

    /// <summary>A store whose commits end in this spool.</summary>
    public IDurableStore CreateStore(IPointEncoder encoder) => new SpoolStore(this, encoder, _clock);

    /// <summary>Writes the books and closes the files. No commit may be under way.</summary>
    public void Dispose()
    {
        lock (_closing)
        {
            if (_isClosed)
            {
                return;
            }

            _timer.Dispose();
            KeepBooks();
            _isClosed = true;
            _journal.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal static SpoolFolder Open(string dataDirectory, SpoolOptions options, ISpoolBooks books, TimeProvider clock, ILoggerFactory loggers, IDisk disk)
    {
        var directory = Path.GetFullPath(Path.Combine(dataDirectory, FolderName));
        try
        {
            Directory.CreateDirectory(directory);
            disk.FlushNames(Path.GetDirectoryName(directory)!);
            var segmentBytes = Math.Min(options.SegmentBytes, options.MaxBytes / 8);
            var recovered = new Recovery(disk, directory, loggers.CreateLogger<SpoolFolder>()).Run(segmentBytes, books.Marks());
            return new SpoolFolder(directory, recovered, options, books, clock, loggers);
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not StoreException)
        {
            throw new StoreException($"The spool in '{directory}' cannot be opened ({e.Message}). Check the disk, and give this user the right to write there.", e);
        }
    }

    /// <exception cref="StoreException">Nothing of the batch is stored.</exception>
    internal void Append(BatchBuilder batch, long createdMs)
    {
        try
        {
            if (!_limits.HasRoom(_journal, batch.Length))
            {
                MakeRoom();
            }

            _limits.Check(_journal, _queue, batch.Length);
            _journal.Append(batch, createdMs);
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not StoreException)
        {
            throw new StoreException($"The spool cannot be written: {e.Message} Make room on the disk, or check it.", e);
        }

        _queue.Signal();
    }

    /// <summary>Lets go as a killed process does: nothing more is written.</summary>
    internal void Abandon()
    {
        lock (_closing)
        {
            _timer.Dispose();
            _isClosed = true;
            _journal.Dispose();
        }
    }

    internal void CatchUp() => _bookkeeper.CatchUp(_queue.Forwarded);

    /// <summary>A segment is deleted whole; the one that is written to only after the next has begun.</summary>
    private void MakeRoom()
    {
        KeepBooks();
        var end = _journal.End;
        if (end.Offset > SegmentHeader.Size && !_queue.Forwarded.IsBefore(end) && !_bookkeeper.Marks.Applied.IsBefore(end))
        {
            _journal.Roll();
            KeepBooks();
        }
    }

    private void KeepBooks()
    {
        lock (_closing)
        {
            if (_isClosed)
            {
                return;
            }

            try
            {
                CatchUp();
                if (Interlocked.Exchange(ref _trouble, null) is not null)
                {
                    Log.KeptAgain(_logger);
                }
            }
            catch (Exception e)
            {
                if (Interlocked.Exchange(ref _trouble, e.Message) != e.Message)
                {
                    Log.NotKept(_logger, e.Message);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Counts and refused messages cannot be written to the books: {Reason} They are safe in the spool, and follow when this is mended.")]
        public static partial void NotKept(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "The books are written again.")]
        public static partial void KeptAgain(ILogger logger);
    }
}
